import { expectNothingLost, hasRedis } from '@capi/testing'
import { describe, it } from 'vitest'
import { type RedisStorm, redisStorm } from './redis-storm.ts'

/** Faults, and shops killed; by hand CAPI_KILLS=30 npx vitest run --project redis storm. */
const KILLS = Number(process.env['CAPI_KILLS'] ?? 3)
const SHORT = { times: KILLS, awayMs: 300, pauseMs: 700 } as const

describe.skipIf(!hasRedis())('shops under load', () => {
  it.each<[string, Omit<RedisStorm, keyof typeof SHORT>]>([
    ['Redis is killed', { fsync: 'everysec', faults: ['kill'], kills: 0 }],
    ['Redis stands still or is paused', { fsync: 'always', faults: ['freeze', 'pause'], kills: 0 }],
    ['Redis and shops are killed', { fsync: 'always', faults: ['kill'], kills: KILLS }],
  ])(
    'lose no event, and count each once, while %s',
    { timeout: 60_000 + 20_000 * KILLS },
    async (_what, given) => {
      expectNothingLost(await redisStorm({ ...SHORT, ...given }), given.kills)
    },
  )
})
