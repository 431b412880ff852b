import type { Cause } from '@capi/core'
import type { Outbox } from '@capi/core/outbox'
import { toItem } from './event-job.ts'
import { type OutboxContext, query } from './outbox-context.ts'

/** When it died, in microseconds, and its job: the next page begins behind it, also when it is gone. */
const ID = /^(\d+) ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

/** What Meta refused, in pg-boss's dead letter queue. */
export function createDeadLetters(context: OutboxContext): Pick<Outbox, 'readDead' | 'removeDead'> {
  const { queues, sql, call } = context
  const jobsOf = (ids: readonly string[]) => ids.flatMap((id) => ID.exec(id)?.[2] ?? [])

  return {
    async readDead({ lane, ids, before }, limit) {
      const queue = lane === undefined ? null : queues.of(lane)
      const [, beforeUs = null, beforeJob = null] = ID.exec(before ?? '') ?? []
      const most = Math.min(limit, 2 ** 31 - 1)
      const values = [queues.dead, queue, ids ? jobsOf(ids) : null, most, beforeUs, beforeJob]
      const rows = await call(() => query(context, sql.letters, values))
      return rows.flatMap((row) => {
        const item = toItem(queues.laneOf(String(row['queue'])), row['data'])
        if (item === undefined) return []
        const { diedAtMs = 0, ...cause } = readCause(row['cause'])
        const { attempts: _attempts, ...event } = item
        return [{ id: `${String(row['us'])} ${String(row['id'])}`, item: event, cause, diedAtMs }]
      })
    },

    /** @returns how many were there: another process may have been first. */
    async removeDead(ids) {
      const jobs = jobsOf(ids)
      if (jobs.length === 0) return 0
      return (await call(() => query(context, sql.remove, [queues.dead, jobs]))).length
    },
  }
}

/** As it was written when the letter was; a letter of pg-boss's own making holds what it likes. */
function readCause(cause: unknown): Cause & { readonly diedAtMs?: number } {
  const value: unknown = typeof cause === 'string' ? JSON.parse(cause) : cause
  const fields = (value ?? {}) as Partial<Cause & { readonly diedAtMs: number }>
  return { ...fields, code: fields.code ?? 'unknown' }
}
