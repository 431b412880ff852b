import { type Capi, CapiError, type EventInput, hashUserData, sha256 } from '@capi/core'
import type { Db, PgBoss } from 'pg-boss'

/** Once, after `boss.start()`: a job is tried once a minute for seven days, a finished one remembered for nine. */
const RULES = { retryLimit: 10_080, retryDelay: 60, deleteAfterSeconds: 777_600 }
export const createEventQueue = (boss: PgBoss) => boss.createQueue('meta-events', RULES)

/** Where the order is placed; `db` is its transaction. Persons are hashed before they wait; the job's id makes an event wait once. */
export function enqueue(boss: PgBoss, event: EventInput & { event_id: string }, db: Db) {
  const { user_data } = hashUserData(event.user_data ?? {})
  const event_time = event.event_time ?? Math.floor(Date.now() / 1_000)
  const id = sha256(event.event_id).slice(0, 32) // 32 hex digits are a UUID to Postgres
  return boss.send('meta-events', { ...event, event_time, user_data }, { id, db })
}

/** In a worker: one job, one request to Meta. A refusal is final, anything else is tried again. */
export const deliverJobs = (boss: PgBoss, capi: Capi) =>
  boss.work<EventInput>('meta-events', { perJobResults: true, localConcurrency: 10 }, (jobs) =>
    Promise.all(
      jobs.map(({ id, data }) =>
        capi.send(data).then(
          () => ({ id, status: 'completed' }),
          (error: unknown) => {
            const isFinal = CapiError.is(error) && !error.retryable
            return { id, status: isFinal ? 'deadletter' : 'failed', output: String(error) }
          },
        ),
      ),
    ),
  )
