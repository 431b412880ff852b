import type { OutboxItem, OutboxStore, PutOutcome } from '@capi/core'
import type { Db, JobInsert } from 'pg-boss'
import { jobId, momentKey, toJobData } from './event-job.ts'
import { groupBy } from './group-by.ts'
import type { Room } from './room.ts'
import { JOB_SETTINGS } from './statements.ts'
import { idsOf, query, type StoreContext } from './store-context.ts'
import { toDb } from './transaction.ts'

/** What no worker has swept so long after it expired, pg-boss deletes. */
const GRACE_SEC = 7 * 86_400
/** Of `timeoutMs`. `track` stops waiting earlier, and counts what was taken late: that must not be cut off. */
const PATIENCE = 3

type Transaction = Pick<Db, 'executeSql'> | undefined

export function createPut(context: StoreContext, room: Room): OutboxStore['put'] {
  const { options, queues, sql, call } = context
  const { boss } = options

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
    const jobs = new Map<string, JobInsert>()
    for (const item of items) {
      const id = jobId(item)
      if (!jobs.has(id)) jobs.set(id, toJob(id, item, nowMs))
    }
    const granted = await room.take(jobs.size)
    // In one order everywhere: two transactions that put the same events wait for each other, but not crosswise.
    const fitting = [...jobs.values()].slice(0, granted).sort(byId)
    const excess = [...jobs.keys()].slice(granted)
    const taken = await putJobs(queue, fitting, nowMs, db)
    room.give(granted - taken.size)
    const known =
      excess.length === 0 ? new Set() : idsOf(await query(context, sql.known, [queue, excess], db))
    return items.map((item): PutOutcome => {
      const id = jobId(item)
      if (taken.delete(id)) return 'accepted' // Once: a second one in the same call is a duplicate.
      return excess.includes(id) && !known.has(id) ? 'full' : 'duplicate'
    })
  }

  return (items, nowMs, { transaction } = {}) =>
    call(async () => {
      const db = transaction === undefined ? undefined : toDb(transaction)
      const outcomes = new Map<OutboxItem, PutOutcome>()
      for (const [lane, some] of groupBy(items, (item) => item.lane)) {
        const answers = await putLane(lane, some, nowMs, db)
        for (const [index, item] of some.entries())
          outcomes.set(item, answers[index] ?? 'duplicate')
      }
      return items.map((item) => outcomes.get(item) ?? 'duplicate')
    }, options.timeoutMs * PATIENCE)

  function toJob(id: string, item: OutboxItem, nowMs: number): JobInsert {
    const secondsLeft = Math.ceil((item.expiresAtMs - nowMs) / 1_000)
    return {
      id,
      data: toJobData(item, nowMs),
      singletonKey: momentKey(item.expiresAtMs),
      retentionSeconds: Math.min(Math.max(0, secondsLeft) + GRACE_SEC, JOB_SETTINGS.retryLimit),
      heartbeatSeconds: options.leaseSec,
      ...JOB_SETTINGS,
    }
  }
}

const byId = (one: JobInsert, other: JobInsert) => ((one.id ?? '') < (other.id ?? '') ? -1 : 1)
