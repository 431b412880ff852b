import type { LeaseToken } from '@capi/core/outbox'
import type { EventJob } from './event-job.ts'

/** A job this process has the lock of: collected, then leased to core. */
export interface Held {
  readonly job: EventJob
  readonly id: string
  readonly token: string
  readonly fence: number
  readonly lane: string
  readonly sinceMs: number
}

export interface LeaseRequest {
  readonly lane: string
  readonly maxEvents: number
  readonly maxBytes: number
}

/** What is locked here, and of that what nobody has leased yet, by pixel. */
export function createHeldJobs() {
  const all = new Map<string, Held>()
  const counts = new Map<string, number>()
  const waiting = new Map<string, Held[]>()

  const nameOf = ({ id, fence }: LeaseToken) => `${id} ${fence}`
  const heldOf = (lane: string) => counts.get(lane) ?? 0

  /** Those of a pixel that wait from now on. */
  function wait(lane: string, list: Held[]): void {
    if (list.length > 0) waiting.set(lane, list)
    else waiting.delete(lane)
  }

  return {
    keep(one: Held): void {
      all.set(nameOf(one), one)
      counts.set(one.lane, heldOf(one.lane) + 1)
      const list = waiting.get(one.lane)
      if (list === undefined) waiting.set(one.lane, [one])
      else list.push(one)
    },
    drop({ id, fence, lane }: Held): void {
      if (!all.delete(nameOf({ id, fence }))) return
      const left = heldOf(lane) - 1
      if (left > 0) counts.set(lane, left)
      else counts.delete(lane)
    },
    find: (token: LeaseToken) => all.get(nameOf(token)),
    heldOf,
    all: (): readonly Held[] => [...all.values()],
    waiting: (lane: string): readonly Held[] => waiting.get(lane) ?? [],
    waitingLanes: () => [...waiting.keys()],
    /** Of those of a pixel that wait: takes out the ones that are meant. */
    takeOut(lane: string, isMeant: (one: Held) => boolean): readonly Held[] {
      const list = waiting.get(lane) ?? []
      wait(
        lane,
        list.filter((one) => !isMeant(one)),
      )
      return list.filter(isMeant)
    },
    /** Oldest first, within both bounds; one at least. */
    take({ lane, maxEvents, maxBytes }: LeaseRequest): readonly Held[] {
      const list = waiting.get(lane) ?? []
      let bytes = 0
      let count = 0
      for (const { job } of list) {
        bytes += Buffer.byteLength(job.data.body)
        if (count >= maxEvents || (count > 0 && bytes > maxBytes)) break
        count++
      }
      wait(lane, list.slice(count))
      return list.slice(0, count)
    },
    /** Everything, newest first. */
    empty(): readonly Held[] {
      const held = [...all.values()].reverse()
      for (const map of [all, counts, waiting]) map.clear()
      return held
    },
  }
}
