import { bullmqOutbox } from '@capi/bullmq'
import type { Outbox } from '@capi/core/outbox'
import { sqliteOutbox } from '@capi/sqlite'
import { Queue } from 'bullmq'
import type { Environment } from './start-plan.ts'

export interface OpenOutbox {
  /** Absent: events wait in memory. */
  readonly outbox?: Outbox
  readonly close: () => Promise<void>
}

/** Where events wait: on Redis, for any number of shops; in a file, for this one; else in memory. */
export function openOutbox(environment: Environment): OpenOutbox {
  const url = environment['REDIS_URL'] || undefined
  if (url !== undefined) {
    const queue = new Queue('kobalt-events', { connection: { url } })
    queue.on('error', () => {}) // The client tells of each event that could not be kept.
    return { outbox: bullmqOutbox({ queue }), close: () => queue.close() }
  }
  const path = environment['SHOP_OUTBOX'] || undefined
  return { ...(path !== undefined && { outbox: sqliteOutbox({ path }) }), close: async () => {} }
}
