import { setTimeout as sleep } from 'node:timers/promises'
import { cuttableProxy, type StormReport, startRedis, storm } from '@capi/testing'
import { Redis } from 'ioredis'
import { itemOf } from '../src/event-record.ts'

/** What happens to Redis, and to the shops that sell and deliver meanwhile. */
export interface RedisStorm {
  readonly fsync: 'always' | 'everysec'
  /** Kinds of faults, in turn: `kill -9` and a start, a process that stands still, `CLIENT PAUSE`, a network that is cut silently. */
  readonly faults: readonly ('kill' | 'freeze' | 'pause' | 'cut')[]
  /** Milliseconds that each lasts. */
  readonly awayMs: number
  readonly times: number
  /** Shops that are killed. */
  readonly kills: number
  readonly seed?: number
  /** Milliseconds between two faults, about; default 4,000. */
  readonly pauseMs?: number
}

/** A Redis of its own, on the settings that the README recommends. */
export async function redisStorm(given: RedisStorm): Promise<StormReport> {
  const { fsync, faults: kinds, awayMs, ...rest } = given
  const server = await startRedis('appendonly yes', `appendfsync ${fsync}`)
  const proxy = kinds.includes('cut') ? await cuttableProxy(server.port) : undefined
  const faults = {
    kill: () => server.restart(awayMs),
    freeze: () => server.freeze(awayMs),
    async pause() {
      const admin = new Redis(server)
      await admin.call('CLIENT', 'PAUSE', awayMs, 'ALL')
      admin.disconnect()
      await sleep(awayMs)
    },
    async cut() {
      proxy?.cut()
      await sleep(awayMs)
      proxy?.restore()
    },
  }
  try {
    return await storm({
      ...rest,
      shop: new URL('./children/storm-shop.ts', import.meta.url),
      server: `redis://127.0.0.1:${proxy?.port ?? server.port}`,
      faults: kinds.map((kind) => faults[kind]),
      waiting: () => waiting(new Redis(server)),
    })
  } finally {
    await proxy?.close()
    await server.stop()
  }
}

/** Ids of all that the outbox holds, dead letters included. */
async function waiting(redis: Redis): Promise<readonly string[]> {
  const ids: string[] = []
  for (const lane of ['1234567890', 'dead'])
    for (const [, [, record = '']] of await redis.xrange(`{capi}:1:s:${lane}`, '-', '+'))
      ids.push(itemOf(lane, '', record).event_id)
  redis.disconnect()
  return ids
}
