import type { LeaseToken, Loss } from '@capi/core/outbox'

/** A lease in force. */
export interface Held {
  readonly lane: string
  readonly fence: number
  /** From then on the row is due again. */
  untilTick: number
}

/** By row. */
export type Leases = Map<number, Held>

/**
 * What the one owner of the file knows and the file does not: it outlives a reopening of the file, and
 * ends with the thread. Leases stand here alone: the process that has the file has every lease, so writing them
 * down would cost a sync without any use.
 */
export interface Owner {
  readonly leases: Leases
  nextFence: number
  /** The latest moment heard of: what is put now is due from then on, behind what was due before. */
  tick: number
  nowMs: number
  /** Where this process's ticks begin among the due moments in the file: behind all of a former one. */
  origin: number | undefined
  /** Not yet reported. */
  losses: Loss[]
  /** How to take back what the open transaction changed in memory. */
  readonly undo: (() => void)[]
}

/**
 * @param generation of the thread: distinguishes leases of a former thread from those of this one.
 * @param leases those that a former thread handed out and that are still on their way
 */
export function newOwner(generation = 0, leases: Leases = new Map()): Owner {
  const nextFence = generation * 2 ** 40 + 1
  return { leases, nextFence, tick: 0, nowMs: 0, origin: undefined, losses: [], undo: [] }
}

/** The row's lease, or its end. */
export function setLease({ leases, undo }: Owner, seq: number, held?: Held): void {
  const before = leases.get(seq)
  if (held === undefined) leases.delete(seq)
  else leases.set(seq, held)
  undo.push(() => (before === undefined ? leases.delete(seq) : leases.set(seq, before)))
}

/** The lease that a token names, if no other call got the row since. */
export function leaseOf({ leases }: Owner, { id, fence }: LeaseToken): Held | undefined {
  const held = leases.get(Number(id))
  return held?.fence === fence ? held : undefined
}

export const isLeased = ({ leases, tick }: Owner, seq: number): boolean =>
  (leases.get(seq)?.untilTick ?? 0) > tick

/** What is reported by the next `takeExpired`; without any, what is reported now. */
export function setLosses(owner: Owner, losses: Loss[]): void {
  const before = owner.losses
  owner.losses = losses
  owner.undo.push(() => {
    owner.losses = before
  })
}
