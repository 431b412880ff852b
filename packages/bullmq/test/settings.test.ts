import { CapiConfigError, CapiStoreError } from '@capi/core'
import { outboxItem } from '@capi/core/outbox-test'
import { hasRedis, type RedisServer, startRedis } from '@capi/testing'
import { type ConnectionOptions, createPostgresBackend, withBackend } from 'bullmq'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { bullmqOutbox } from '../src/bullmq-outbox.ts'
import { checkSettings } from '../src/check-settings.ts'
import type { BullmqOutboxOptions, OutboxWarning } from '../src/index.ts'

const LANE = '1234567890'
const NOW_MS = Date.now()

/** The problem a call was refused with. */
async function problemOf(call: Promise<unknown>): Promise<string> {
  try {
    await call
    return 'none'
  } catch (error) {
    if (error instanceof CapiStoreError) return error.problem
    throw error
  }
}

describe('the options', () => {
  const queue = { name: 'capi', opts: { connection: { host: '127.0.0.1', port: 1 } } }

  it.each<[string, Partial<BullmqOutboxOptions>]>([
    ['no connection', { queue: { name: 'capi', opts: {} } }],
    ['a lease too short to renew', { leaseMs: 10 }],
    ['no room', { maxEvents: 0 }],
    ['no time', { timeoutMs: Number.NaN }],
  ])('are refused at once: %s', (_what, wrong) => {
    expect(() => bullmqOutbox({ queue, ...wrong })).toThrow('bullmqOutbox:')
  })

  it.each<[string, ConnectionOptions | string]>([
    ['options', { host: '127.0.0.1', port: 1, user: 'u', database: 'shop' } as ConnectionOptions],
    ['an address', 'postgres://u@127.0.0.1:1/shop'],
    ['an address in options', { connectionString: 'postgres://u@127.0.0.1:1/shop' } as object],
  ])('refuse a queue on Postgres, made with %s', (_what, connection) => {
    const { Queue: PostgresQueue } = withBackend(createPostgresBackend)
    const onPostgres = new PostgresQueue('capi', { connection: connection as never })
    onPostgres.on('error', () => {})
    onTestFinished(() => void onPostgres.close().catch(() => {}))
    expect(() => bullmqOutbox({ queue: onPostgres as never })).toThrow(CapiConfigError)
    expect(() => bullmqOutbox({ queue: onPostgres as never })).toThrow('not on Redis')
    const { pool } = onPostgres.getBackend().connection
    const onPool = { name: 'capi', opts: { connection: pool as never } }
    expect(() => bullmqOutbox({ queue: onPool })).toThrow('not on Redis')
  })

  it('are believed without a connection being made', async () => {
    const outbox = bullmqOutbox({ queue })
    expect(outbox.sharedAs).toBe('worker')
    expect(bullmqOutbox({ queue, role: 'producer' }).sharedAs).toBe('producer')
    expect(await outbox.close()).toEqual([])
  })
})

describe('a Redis that does not tell its settings', () => {
  it('is used with a warning', () => {
    expect(checkSettings('').map(({ kind }) => kind)).toEqual(['settings_unknown'])
  })
})

describe.skipIf(!hasRedis())('the settings of Redis', () => {
  let redis: RedisServer
  let admin: Redis
  beforeAll(async () => {
    redis = await startRedis()
    admin = new Redis(redis.port, redis.host)
  })
  afterAll(async () => {
    admin.disconnect()
    await redis.stop()
  })

  function open(more: Partial<BullmqOutboxOptions> = {}) {
    const warnings: OutboxWarning['kind'][] = []
    const connection = { host: redis.host, port: redis.port }
    const outbox = bullmqOutbox({
      queue: { name: 'capi', opts: { prefix: `t${Math.random()}`, connection } },
      onWarning: ({ kind }) => warnings.push(kind),
      ...more,
    })
    onTestFinished(async () => void (await outbox.close()))
    return { outbox, warnings }
  }

  it('are refused when Redis may evict events, and looked at again until they will do', async () => {
    await admin.config('SET', 'maxmemory-policy', 'allkeys-lru')
    const { outbox } = open()
    expect(await problemOf(outbox.recover())).toBe('misconfigured')
    await expect(outbox.put([outboxItem('a')], NOW_MS)).rejects.toThrow(/noeviction/)
    await admin.config('SET', 'maxmemory-policy', 'noeviction')
    expect(await outbox.put([outboxItem('a')], NOW_MS)).toEqual(['accepted'])
  })

  it('are warned of once when Redis keeps no log of what it was told', async () => {
    const { outbox, warnings } = open()
    await outbox.recover()
    await outbox.stats()
    expect(warnings).toEqual(['persistence_off'])
  })

  it('are fine with an append-only file', async () => {
    await admin.config('SET', 'appendonly', 'yes')
    const { outbox, warnings } = open()
    await outbox.recover()
    expect(warnings).toEqual([])
  })

  it('are no reason to fail where the user may not ask for them', async () => {
    await admin.call('ACL', 'SETUSER', 'shop', 'on', '>secret', '~*', '&*', '+@all', '-info')
    const connection = { host: redis.host, port: redis.port, username: 'shop', password: 'secret' }
    const { outbox, warnings } = open({ connection: { ...connection, skipVersionCheck: true } })
    expect(await problemOf(outbox.recover())).toBe('none')
    expect(warnings).toEqual(['settings_unknown'])
  })

  it('that leave no memory refuse events, and keep those there are', async () => {
    const { outbox } = open()
    expect(await outbox.put([outboxItem('a')], NOW_MS)).toEqual(['accepted'])
    await admin.config('SET', 'maxmemory', '1')
    expect(await problemOf(outbox.put([outboxItem('b')], NOW_MS))).toBe('disk_full')
    await admin.config('SET', 'maxmemory', '0')
    const { items } = await outbox.lease({ lane: LANE, maxEvents: 9, maxBytes: 1e6, tickMs: 0 })
    expect(items.map((item) => item.event_id)).toEqual(['a'])
  })

  it('that refuse the password say so, without the password', async () => {
    const connection = { host: redis.host, port: redis.port, username: 'shop', password: 'sesame' }
    const { outbox } = open({ connection, timeoutMs: 300 })
    const error: unknown = await outbox.stats().catch((reason: unknown) => reason)
    expect(error).toMatchObject({ problem: 'misconfigured' })
    expect(String(error)).not.toContain('sesame')
  })
})
