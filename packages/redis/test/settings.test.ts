import { once } from 'node:events'
import { CapiConfigError, CapiStoreError } from '@capi/core'
import { outboxItem } from '@capi/core/outbox-test'
import { hasRedis, startRedis } from '@capi/testing'
import { Redis } from 'ioredis'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type OutboxWarning, type RedisOutboxOptions, redisOutbox } from '../src/index.ts'
import { readSettings } from '../src/settings.ts'

const LANE = '1234567890'
const connection = 'redis://127.0.0.1:1'
const at = (seconds: number) => ({ tickMs: 1_000 * seconds, nowMs: Date.now() })
const all = { lane: LANE, maxEvents: 1_000, maxBytes: 1e9, leaseMs: 60_000 }
const item = (id: string, body = '{}') =>
  outboxItem(id, { body, expiresAtMs: Date.now() + 86_400_000 })

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
  it.each<[string, object]>([
    ['no connection', { connection: undefined }],
    ['an address of Postgres', { connection: 'postgres://u@127.0.0.1/shop' }],
    ['options of Postgres', { connection: { connectionString: 'postgres://u@127.0.0.1/shop' } }],
    ['a pool of Postgres', { connection: { query() {}, host: '127.0.0.1' } }],
    ['braces that are not closed', { prefix: '{capi' }],
    ['empty braces', { prefix: 'shop{}' }],
    ['an unknown role', { role: 'sender' }],
    ['no events', { maxEvents: 0 }],
    ['no number', { maxEvents: Number.NaN }],
    ['more memory than there is', { maxMemoryShare: 2 }],
    ['a lease too short to renew', { leaseMs: 10 }],
  ])('are refused at once: %s', (_what, wrong) => {
    const open = () => redisOutbox({ connection, ...wrong } as RedisOutboxOptions)
    expect(open).toThrow(CapiConfigError)
    expect(open).toThrow('redisOutbox:')
  })

  it('are believed without a connection being made', async () => {
    const outbox = redisOutbox({ connection, role: 'producer' })
    expect(outbox.sharedAs).toBe('producer')
    expect(await outbox.close()).toEqual([])
  })
})

it('warns where Redis does not tell its settings', () => {
  expect(readSettings('', 0.8).map(({ kind }) => kind)).toEqual(['settings_unknown'])
})

describe.skipIf(!hasRedis())('the settings of Redis', () => {
  async function world(...settings: string[]) {
    const server = await startRedis(...settings)
    const admin = new Redis(server.port, server.host)
    onTestFinished(async () => {
      admin.disconnect()
      await server.stop()
    })
    const warnings: OutboxWarning['kind'][] = []
    const open = (more: Partial<RedisOutboxOptions> = {}) => {
      const onWarning = ({ kind }: OutboxWarning) => void warnings.push(kind)
      const outbox = redisOutbox({ connection: admin, onWarning, ...more })
      onTestFinished(async () => void (await outbox.close()))
      return outbox
    }
    return { server, admin, warnings, open }
  }

  it('are refused when Redis may evict events, also later, and what waits is delivered', async () => {
    const { admin, open } = await world('maxmemory-policy allkeys-lru')
    const outbox = open()
    expect(await problemOf(outbox.recover(at(0)))).toBe('misconfigured')
    await expect(outbox.put([item('a')], at(0))).rejects.toThrow(/noeviction/)
    await admin.config('SET', 'maxmemory-policy', 'noeviction')
    expect(await outbox.put([item('a')], at(1))).toEqual(['accepted'])
    await admin.config('SET', 'maxmemory-policy', 'volatile-ttl')
    expect(await problemOf(outbox.put([item('b')], at(3)))).toBe('misconfigured')
    const { items } = await outbox.lease(all, at(3))
    expect(items.map((one) => one.event_id)).toEqual(['a'])
  })

  it('are warned of once when Redis keeps no log of what it was told', async () => {
    const { admin, open, warnings } = await world()
    const outbox = open()
    await outbox.recover(at(0))
    await outbox.put([item('a')], at(5))
    expect(warnings).toEqual(['persistence_off'])
    await admin.config('SET', 'appendonly', 'yes')
    await open().recover(at(0))
    expect(warnings).toEqual(['persistence_off'])
  })

  it('become a warning of the process where no callback is given', async () => {
    const { open } = await world()
    const warning = once(process, 'warning')
    await open({ onWarning: undefined }).recover(at(0))
    const [{ name, message }] = await warning
    expect({ name, message }).toEqual({
      name: 'CapiOutboxWarning',
      message: expect.stringContaining('appendonly yes'),
    })
  })

  it('let new events in again once there is room, whatever else is warned of', async () => {
    const { admin, open, warnings } = await world()
    const outbox = open()
    await outbox.recover(at(0))
    await admin.config('SET', 'maxmemory', '1')
    expect(await outbox.put([item('a')], at(2))).toEqual(['full'])
    await admin.config('SET', 'maxmemory', '0')
    expect(await outbox.put([item('a')], at(4))).toEqual(['accepted'])
    expect(warnings).toEqual(['persistence_off', 'memory_full'])
  })

  it.each<[string, () => unknown]>([
    ['throws', () => JSON.parse('')],
    ['rejects', async () => JSON.parse('')],
  ])('cost no event when the callback for warnings %s', async (_what, onWarning) => {
    const { open } = await world()
    const outbox = open({ onWarning: () => onWarning() })
    expect(await outbox.put([item('a')], at(0))).toEqual(['accepted'])
  })

  it('are no reason to fail where the user may not ask for them', async () => {
    const { server, admin, open, warnings } = await world()
    await admin.call('ACL', 'SETUSER', 'shop', 'on', '>secret', '~*', '+@all', '-info')
    const { host, port } = server
    const outbox = open({ connection: { host, port, username: 'shop', password: 'secret' } })
    expect(await outbox.put([item('a')], at(0))).toEqual(['accepted'])
    expect(warnings).toEqual(['settings_unknown'])
  })

  it('that refuse the password say so, without the password', async () => {
    const { server, admin, open } = await world()
    await admin.config('SET', 'requirepass', 'other')
    const outbox = open({ connection: `redis://:sesame@127.0.0.1:${server.port}` })
    const error: unknown = await outbox.counts().catch((reason: unknown) => reason)
    expect(error).toMatchObject({ problem: 'misconfigured' })
    expect(String(error)).not.toContain('sesame')
  })

  it('stop new events at a share of maxmemory, and all that wait are delivered', async () => {
    const { open, warnings } = await world('maxmemory 8mb', 'appendonly yes')
    const outbox = open()
    const body = JSON.stringify({ pad: 'x'.repeat(1_000) })
    let accepted = 0
    for (let n = 0, isFull = false; !isFull; n += 100) {
      const some = Array.from({ length: 100 }, (_one, i) => item(`order.${n + i}`, body))
      const results = await outbox.put(some, at(n))
      accepted += results.filter((result) => result === 'accepted').length
      isFull = results.includes('full')
    }
    expect(accepted).toBeGreaterThan(1_000)
    expect(warnings).toEqual(['memory_full'])
    expect(await outbox.put([item('order.0', body)], at(1e6))).toEqual(['duplicate'])
    let delivered = 0
    for (;;) {
      const { items } = await outbox.lease(all, at(1e6))
      if (items.length === 0) break
      const done = items.map((token) => ({ kind: 'delivered', token }) as const)
      const results = await outbox.settle(done, at(1e6))
      delivered += results.filter((result) => result === 'settled').length
    }
    expect(delivered).toBe(accepted)
    expect(await outbox.put([item('later', body)], at(2e6))).toEqual(['accepted'])
  })

  it('refuse events above maxmemory, and everything else works on', async () => {
    const { admin, open } = await world('appendonly yes')
    const outbox = open({ maxMemoryShare: 1 })
    const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'expired']
    await outbox.put(
      ids.map((id) => item(id)),
      at(0),
    )
    const before = await outbox.lease({ ...all, maxEvents: 1 }, at(0))
    await admin.config('SET', 'maxmemory', '1')
    // Within the second, the outbox does not know yet.
    expect(await problemOf(outbox.put([item('g')], at(0.5)))).toBe('memory_full')
    expect(await outbox.put([item('g')], at(2))).toEqual(['full'])
    await outbox.renew(before.items, 60_000, at(2))
    const { items } = await outbox.lease({ ...all, maxEvents: 5 }, at(2))
    const [a] = before.items
    const [b, c, d] = items
    if (!a || !b || !c || !d) throw new Error('they were put')
    const cause = { code: 'meta_100' }
    expect(
      await outbox.settle(
        [
          { kind: 'delivered', token: a },
          { kind: 'dead', token: b, cause },
          { kind: 'retry', token: c, delayMs: 0, isAttempt: true },
          { kind: 'expired', token: d },
        ],
        at(2),
      ),
    ).toEqual(['settled', 'settled', 'settled', 'settled'])
    const lost: string[] = []
    for (let hasMore: boolean | undefined = true; hasMore === true; ) {
      const expired = await outbox.takeExpired(100, { tickMs: 0, nowMs: Date.now() + 1e9 })
      lost.push(...expired.losses.map(({ event_id }) => String(event_id)))
      hasMore = expired.hasMore
    }
    expect(lost.sort()).toEqual(['c', 'expired'])
  })
})
