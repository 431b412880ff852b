import type { Lease, LeasedItem, OutboxStore } from '@capi/core'
import { readData, toItem, toKey } from './event-job.ts'
import { groupBy } from './group-by.ts'
import { query, type StoreContext } from './store-context.ts'
import { MAX_LEASE_SEC } from './store-options.ts'

interface Held {
  readonly queue: string
  readonly id: string
  readonly retryCount: number
  readonly sinceMs: number
}

/** What this process has leased: its leases are extended until they are settled, or too old. */
export interface Leases {
  readonly lease: OutboxStore['lease']
  /** Forgets what is settled. */
  end(key: string): void
  /** Puts back all that is not settled. */
  giveBack(): Promise<void>
}

interface Fetched {
  readonly id: string
  readonly data: unknown
  readonly retryCount: number
}

export function createLeases(context: StoreContext): Leases {
  const { options, queues, sql, call } = context
  const { boss, leaseSec } = options
  const held = new Map<string, Held>()
  let keeper: NodeJS.Timeout | undefined

  /** Three times a lease: an answer may come late. A process that stands still extends nothing. */
  function keep(): void {
    keeper ??= setInterval(() => void extend(), (leaseSec * 1_000) / 3).unref()
  }

  async function extend(): Promise<void> {
    for (const [key, { sinceMs }] of held)
      if (performance.now() - sinceMs > MAX_LEASE_SEC * 1_000) held.delete(key)
    const jobs = [...held.values()].sort((one, other) => (one.id < other.id ? -1 : 1))
    for (const [queue, some] of groupBy(jobs, (job) => job.queue)) {
      // What is not extended is handed out again, and its settlement says so.
      await call(() => boss.touch(queue, some)).catch(() => {})
    }
  }

  function putBack(queue: string, jobs: readonly Omit<Fetched, 'data'>[]): Promise<unknown> {
    const input = jobs.map(({ id, retryCount }) => ({
      id,
      fence: retryCount,
      delay_ms: 0,
      is_attempt: false,
    }))
    return call(() => query(context, sql.retry, [queue, JSON.stringify(input)]))
  }

  async function fetch(queue: string, batchSize: number): Promise<readonly Fetched[]> {
    const fetching = boss.fetch(queue, { batchSize }).catch((error: unknown): Fetched[] => {
      if (isMissing(error)) return []
      throw error
    })
    try {
      return await call(() => fetching)
    } catch (error) {
      // Nobody waits for them any more if they come now.
      fetching.then((late) => late.length > 0 && putBack(queue, late)).catch(() => {})
      throw error
    }
  }

  return {
    async lease({ lane, maxEvents, maxBytes }): Promise<Lease> {
      const queue = queues.of(lane)
      const jobs = [...(await fetch(queue, maxEvents))].sort(byOrder)
      const items: LeasedItem[] = []
      const excess: Fetched[] = []
      let bytes = 0
      for (const job of jobs) {
        const item = toItem(lane, job.data)
        if (item === undefined) {
          // Somebody else's: out of the way, and there to be looked at.
          await call(() => boss.cancel(queue, job.id))
          continue
        }
        bytes += Buffer.byteLength(item.body)
        if (items.length > 0 && bytes > maxBytes) {
          excess.push(job)
          continue
        }
        const key = toKey(lane, job.id)
        items.push({ ...item, key, fence: job.retryCount })
        held.set(key, { queue, id: job.id, retryCount: job.retryCount, sinceMs: performance.now() })
      }
      if (items.length > 0) keep()
      // pg-boss fetches by number alone. In vain: their lease runs out.
      if (excess.length > 0) await putBack(queue, excess).catch(() => {})
      if (excess.length > 0 || jobs.length >= maxEvents) return { items, hasMore: true }
      if (items.length > 0) return { items }
      const [first] = await call(() => query(context, sql.nextDue, [queue]))
      const dueInMs = first?.['ms']
      return dueInMs === null || dueInMs === undefined
        ? { items }
        : { items, nextDueInMs: Number(dueInMs) }
    },

    end(key) {
      held.delete(key)
    },

    async giveBack() {
      clearInterval(keeper)
      keeper = undefined
      const jobs = [...held.values()]
      held.clear()
      for (const [queue, some] of groupBy(jobs, (job) => job.queue)) {
        await putBack(queue, some).catch(() => {})
      }
    },
  }
}

/** No event of this pixel was ever put. */
function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'PGBOSS_QUEUE_NOT_FOUND'
}

/** In the order they were put, as far as one statement took them. */
function byOrder(one: Fetched, other: Fetched): number {
  return (readData(one.data)?.order ?? 0) - (readData(other.data)?.order ?? 0)
}
