import { hasRedis } from '@capi/testing'
import { describe, expect, it } from 'vitest'
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
      const report = await redisStorm({ ...SHORT, ...given })
      if (process.env['CAPI_KILLS'] !== undefined)
        process.stderr.write(`${JSON.stringify(report)}\n`)
      const { ids, durable, dropped, lostDurable, lostHeld, lostWithShop, twice, sums } = report
      expect({ dropped, lostDurable, lostHeld, twice }).toEqual({
        dropped: {},
        lostDurable: [],
        lostHeld: [],
        twice: [],
      })
      expect(durable).toBeGreaterThan(50)
      expect(report.arrived + report.waiting).toBeGreaterThanOrEqual(ids - lostWithShop)
      if (given.kills === 0) expect(sums).toEqual({ tracked: 0, delivered: 0 })
    },
  )
})
