import { type Capi, CapiError, type EventInput, hashUserData } from '@capi/core'
import { type ConnectionOptions, type Queue, UnrecoverableError, Worker } from 'bullmq'

/** Where the order is placed. Persons are hashed before they wait; the job's id makes an event wait once. */
export function enqueue(queue: Queue, event: EventInput & { event_id: string }) {
  const { user_data } = hashUserData(event.user_data ?? {})
  const event_time = event.event_time ?? Math.floor(Date.now() / 1_000)
  const sevenDays = { attempts: 7 * 24 * 60, backoff: { type: 'fixed', delay: 60_000 } }
  const options = { jobId: event.event_id, removeOnComplete: { age: 9 * 86_400 }, ...sevenDays }
  return queue.add('event', { ...event, event_time, user_data }, options)
}

/** In a worker: one job, one request to Meta. A refusal is final, anything else is tried again. */
export const deliverJobs = (capi: Capi, queueName: string, connection: ConnectionOptions) =>
  new Worker(
    queueName,
    ({ data }) =>
      capi.send(data).catch((error: unknown) => {
        const isFinal = CapiError.is(error) && !error.retryable
        throw isFinal ? new UnrecoverableError(error.message) : error
      }),
    { connection, concurrency: 10 },
  )
