import type { Loss } from '@capi/core/outbox'

/**
 * What the one owner of the file knows and the file does not: it outlives a reopening of the file, and
 * ends with the thread. Leases stand here alone: whoever has the file has every lease, so writing them
 * down would cost a sync and tell nobody anything.
 */
export interface Owner {
  /** Row → fence of the lease in force. */
  readonly leases: Map<number, number>
  nextFence: number
  /** The latest moment heard of: what is put now is due from then on, behind what was due before. */
  tick: number
  /** Where this process's ticks begin among the due moments in the file: behind all of a former one. */
  origin: number
  /** Not yet told. */
  losses: Loss[]
  /** How to take back what the open transaction changed in memory. */
  readonly undo: (() => void)[]
}

/** Row and fence of leases in force. */
export type Leases = readonly (readonly [number, number])[]

/**
 * @param generation of the thread: tells a lease of a former one from those of this.
 * @param leases those that a former thread handed out and that are still on their way
 */
export function newOwner(generation = 0, leases: Leases = []): Owner {
  return {
    leases: new Map(leases),
    nextFence: generation * 2 ** 40 + 1,
    tick: 0,
    origin: 0,
    losses: [],
    undo: [],
  }
}

export function takeLease(owner: Owner, seq: number): number {
  const fence = owner.nextFence++
  owner.leases.set(seq, fence)
  owner.undo.push(() => owner.leases.delete(seq))
  return fence
}

export function endLease(owner: Owner, seq: number): void {
  const fence = owner.leases.get(seq)
  if (fence === undefined) return
  owner.leases.delete(seq)
  owner.undo.push(() => owner.leases.set(seq, fence))
}

export function recordLoss(owner: Owner, loss: Loss): void {
  const before = owner.losses
  owner.losses = [...before, loss]
  owner.undo.push(() => {
    owner.losses = before
  })
}

export function takeLosses(owner: Owner): readonly Loss[] {
  const { losses } = owner
  if (losses.length === 0) return losses
  owner.losses = []
  owner.undo.push(() => {
    owner.losses = losses
  })
  return losses
}
