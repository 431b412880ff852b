import type { Lease, LeasedItem } from '@capi/core/outbox'
import { readData, toItem, toKey } from './event-job.ts'
import { groupBy } from './group-by.ts'
import type { OldOutbox } from './old-port.ts'
import { type OutboxContext, query } from './outbox-context.ts'
import { MAX_LEASE_SEC } from './outbox-options.ts'

interface Held {
  readonly queue: string
  readonly id: string
  readonly retryCount: number
  /** As whoever put it wanted. */
  readonly leaseMs: number
  readonly sinceMs: number
  extendedMs: number
}

/** Between two looks at what is to be extended. */
const KEEP_MS = 1_000

/** What this process has leased: its leases are extended until they are settled, or too old. */
export interface Leases {
  readonly lease: OldOutbox['lease']
  /** Forgets what is settled. */
  end(key: string): void
  /** Puts back all that is not settled. */
  giveBack(): Promise<void>
}

interface Fetched {
  readonly id: string
  readonly data: unknown
  readonly retryCount: number
  readonly heartbeatSeconds?: number | null
}

export function createLeases(context: OutboxContext): Leases {
  const { options, queues, sql, call } = context
  const { boss, leaseSec } = options
  const held = new Map<string, Held>()
  let keeper: NodeJS.Timeout | undefined

  function keep(): void {
    keeper ??= setInterval(() => void extend(), KEEP_MS).unref()
  }

  /** Three times a lease: an answer may come late. A process that stands still extends nothing. */
  async function extend(): Promise<void> {
    const nowMs = performance.now()
    const due: Held[] = []
    for (const [key, job] of held) {
      if (nowMs - job.sinceMs > MAX_LEASE_SEC * 1_000) held.delete(key)
      else if (nowMs - job.extendedMs > job.leaseMs / 3) due.push(job)
    }
    due.sort((one, other) => (one.id < other.id ? -1 : 1))
    for (const job of due) job.extendedMs = nowMs
    for (const [queue, some] of groupBy(due, (job) => job.queue)) {
      const jobs = some.map(({ id, retryCount }) => ({ id, retryCount }))
      // What is not extended is handed out again, and its settlement says so.
      await call(() => boss.touch(queue, jobs)).catch(() => {})
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

  function hold(queue: string, { id, retryCount, heartbeatSeconds }: Fetched): Held {
    const sinceMs = performance.now()
    const leaseMs = (heartbeatSeconds ?? leaseSec) * 1_000
    return { queue, id, retryCount, leaseMs, sinceMs, extendedMs: sinceMs }
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
        items.push({ ...item, id: key, fence: job.retryCount })
        held.set(key, hold(queue, job))
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
