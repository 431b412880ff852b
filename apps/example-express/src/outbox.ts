import type { Outbox } from '@capi/core/outbox'
import { redisOutbox } from '@capi/redis'
import { sqliteOutbox } from '@capi/sqlite'
import type { Environment } from './start-plan.ts'

/** Where events wait: on Redis, for any number of shops; in a file, for this one; undefined: in memory. */
export function openOutbox(environment: Environment): Outbox | undefined {
  const url = environment['REDIS_URL'] || undefined
  if (url !== undefined) return redisOutbox({ connection: url, prefix: 'kobalt' })
  const path = environment['SHOP_OUTBOX'] || undefined
  return path === undefined ? undefined : sqliteOutbox({ path })
}
