import { bullmqStore } from '@capi/bullmq'
import type { OutboxStore } from '@capi/core'
import { sqliteStore } from '@capi/sqlite'
import { Queue } from 'bullmq'
import type { Environment } from './start-plan.ts'

export interface Outbox {
  /** Absent: events wait in memory. */
  readonly store?: OutboxStore
  readonly close: () => Promise<void>
}

/** Where events wait: on Redis, for any number of shops; in a file, for this one; else in memory. */
export function openOutbox(environment: Environment): Outbox {
  const url = environment['REDIS_URL'] || undefined
  if (url !== undefined) {
    const queue = new Queue('kobalt-events', { connection: { url } })
    queue.on('error', () => {}) // The client tells of each event that could not be kept.
    return { store: bullmqStore({ queue }), close: () => queue.close() }
  }
  const path = environment['SHOP_OUTBOX'] || undefined
  return { ...(path !== undefined && { store: sqliteStore({ path }) }), close: async () => {} }
}
