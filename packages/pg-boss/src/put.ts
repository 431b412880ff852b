import type { OutboxItem, PutResult } from '@capi/core/outbox'
import type { Db, JobInsert } from 'pg-boss'
import { jobId, momentKey, toJobData } from './event-job.ts'
import { groupBy } from './group-by.ts'
import type { OldOutbox } from './old-port.ts'
import { idsOf, type OutboxContext, query } from './outbox-context.ts'
import type { Room } from './room.ts'
import { JOB_SETTINGS } from './statements.ts'
import { together } from './together.ts'
import { inSavepoint } from './transaction.ts'

/** What no worker has swept so long after it expired, pg-boss deletes. */
const GRACE_SEC = 7 * 86_400
/** Of `timeoutMs`. `track` stops waiting earlier, and counts what was taken late: that must not be cut off. */
const PATIENCE = 3

type Transaction = Pick<Db, 'executeSql'> | undefined

interface Given {
  readonly item: OutboxItem
  readonly nowMs: number
}

export function createPut(context: OutboxContext, room: Room): OldOutbox['put'] {
  const { options, queues, sql, call } = context
  const { boss } = options
  let lastOrder = 0

  /** Grows with time, and with each event of a moment. */
  function nextOrder(nowMs: number): number {
    lastOrder = Math.max(lastOrder + 1, Math.floor(nowMs) * 1_000)
    return lastOrder
  }

  async function insert(queue: string, jobs: JobInsert[], db: Transaction): Promise<string[]> {
    if (jobs.length === 0) return []
    return (await boss.insert(queue, jobs, { returnId: true, ...(db && { db }) })) ?? []
  }

  /** @returns the ids that were taken. */
  async function putJobs(queue: string, jobs: JobInsert[], nowMs: number, db: Transaction) {
    const taken = new Set(await insert(queue, jobs, db))
    const rest = jobs.filter((job) => !taken.has(job.id ?? ''))
    if (rest.length === 0) return taken
    const ids = rest.map((job) => job.id)
    const forgotten = idsOf(await query(context, sql.forget, [queue, ids, momentKey(nowMs)], db))
    const again = rest.filter((job) => forgotten.has(job.id ?? ''))
    for (const id of await insert(queue, again, db)) taken.add(id)
    return taken
  }

  async function putLane(
    lane: string,
    items: readonly OutboxItem[],
    nowMs: number,
    db: Transaction,
  ) {
    // Not within the application's transaction: it may be rolled back, and others wait for the queue.
    const queue = await queues.ensure(lane)
    const ids = items.map(jobId)
    const jobs = new Map<string, JobInsert>()
    for (const [index, item] of items.entries()) {
      const id = ids[index] ?? ''
      if (!jobs.has(id)) jobs.set(id, toJob(id, item, nowMs, index))
    }
    const granted = await room.take(jobs.size)
    // In one order everywhere: two transactions that put the same events wait for each other, but not crosswise.
    const fitting = [...jobs.values()].slice(0, granted).sort(byId)
    const excess = new Set([...jobs.keys()].slice(granted))
    const taken = await putJobs(queue, fitting, nowMs, db).catch((error: unknown) => {
      queues.doubt(lane)
      room.give(granted)
      throw error
    })
    room.give(granted - taken.size)
    const known =
      excess.size === 0
        ? new Set()
        : idsOf(await query(context, sql.known, [queue, [...excess]], db))
    return ids.map((id): PutResult => {
      if (taken.delete(id)) return 'accepted' // Once: a second one in the same call is a duplicate.
      return excess.has(id) && !known.has(id) ? 'full' : 'duplicate'
    })
  }

  async function putAll(items: readonly OutboxItem[], nowMs: number, db: Transaction) {
    const results: PutResult[] = []
    const indexed = items.map((item, index) => ({ item, index }))
    for (const [lane, some] of groupBy(indexed, ({ item }) => item.lane)) {
      const ofLane = some.map(({ item }) => item)
      const answers = await putLane(lane, ofLane, nowMs, db)
      for (const [n, { index }] of some.entries()) results[index] = answers[n] ?? 'duplicate'
    }
    return results
  }

  const putTogether = together((given: readonly Given[]) => {
    const nowMs = Math.max(...given.map((one) => one.nowMs))
    const items = given.map(({ item }) => item)
    return call(() => putAll(items, nowMs, undefined))
  })

  return (items, nowMs, { transaction } = {}) =>
    call(async () => {
      if (transaction !== undefined)
        return inSavepoint(transaction, (db) => putAll(items, nowMs, db))
      return items.length === 0 ? [] : putTogether(items.map((item) => ({ item, nowMs })))
    }, options.timeoutMs * PATIENCE)

  function toJob(id: string, item: OutboxItem, nowMs: number, index: number): JobInsert {
    const secondsLeft = Math.ceil((item.expiresAtMs - nowMs) / 1_000)
    return {
      id,
      data: toJobData(item, nextOrder(nowMs)),
      singletonKey: momentKey(item.expiresAtMs),
      // In pg-boss's index it breaks the tie between those of one statement: they leave in the order they came.
      startAfter: `${index} microseconds`,
      retentionSeconds: Math.min(Math.max(0, secondsLeft) + GRACE_SEC, JOB_SETTINGS.retryLimit),
      heartbeatSeconds: options.leaseSec,
      ...JOB_SETTINGS,
    }
  }
}

const byId = (one: JobInsert, other: JobInsert) => ((one.id ?? '') < (other.id ?? '') ? -1 : 1)
