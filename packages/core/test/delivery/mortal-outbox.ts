import type { Chance } from '@capi/testing'
import { memoryOutbox } from '../../src/index.ts'
import type { Outbox } from '../../src/outbox.ts'

/** What survives the processes: the contents, whoever owns them. */
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
      const lanes = Object.values(await contents.stats())
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
      const { deadLetters } = contents
      return {
        // An answer that is lost leaves the event stored: it is delivered, though its receipt says dropped.
        put: (items, nowMs) => call(() => contents.put(items, nowMs), false),
        lease: (request) => call(() => contents.lease(request), false),
        settle: (settlements, time) => call(() => contents.settle(settlements, time), true),
        recover: () => call(() => contents.recover(), true),
        sweep: (nowMs) => call(() => contents.sweep(nowMs), false),
        stats: () => call(() => contents.stats(), true),
        close: async () => [],
        deadLetters: {
          list: (filter) => deadLetters.list(filter),
          replay: (filter, nowMs) => deadLetters.replay(filter, nowMs),
          purge: (filter) => deadLetters.purge(filter),
        },
      }
    },
  }
}
