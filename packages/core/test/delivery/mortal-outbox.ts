import type { Chance } from '@capi/testing'
import { memoryOutbox } from '../../src/index.ts'
import type { Outbox } from '../../src/outbox.ts'

/** What survives the processes: the contents. */
export interface Disk {
  /** A process opens it: what an earlier one still asks is never answered. */
  open(failing: () => boolean): Outbox
  /** The process dies in the middle of everything. */
  kill(): void
  queued(): Promise<number>
}

const never = new Promise<never>(() => {})

/** A durable outbox in memory, whose calls fail now and then, before or after they took effect. */
export function mortalDisk(bounds: { readonly maxEvents: number }, random: Chance): Disk {
  const contents = memoryOutbox(bounds)
  let owner = 0

  return {
    kill() {
      owner++
    },
    async queued() {
      const lanes = Object.values(await contents.counts())
      return lanes.reduce((sum, lane) => sum + lane.queued, 0)
    },
    open(failing) {
      const self = ++owner
      async function call<R>(work: () => Promise<R>, mayHalfHappen: boolean): Promise<R> {
        if (owner !== self) return never
        const fails = failing()
        if (fails && (!mayHalfHappen || random.next() < 0.5)) throw new Error('disk')
        const result = await work()
        if (owner !== self) return never
        if (fails) throw new Error('disk')
        return result
      }
      return {
        // An answer that is lost leaves the event stored: it is delivered, though its receipt says dropped.
        put: (items, time) => call(() => contents.put(items, time), false),
        lease: (request, time) => call(() => contents.lease(request, time), false),
        settle: (settlements, time) => call(() => contents.settle(settlements, time), true),
        renew: (tokens, leaseMs, time) => call(() => contents.renew(tokens, leaseMs, time), true),
        recover: (time) => call(() => contents.recover(time), true),
        dueLanes: (time) => call(() => contents.dueLanes(time), true),
        takeExpired: (limit, time) => call(() => contents.takeExpired(limit, time), false),
        counts: () => call(() => contents.counts(), true),
        close: async () => [],
        readDead: (filter, limit) => contents.readDead(filter, limit),
        removeDead: (ids) => contents.removeDead(ids),
        removeMatching: (hashes, page) => contents.removeMatching(hashes, page),
      }
    },
  }
}
