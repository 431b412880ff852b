import { CapiStoreError } from '@capi/core'
import { outboxItem } from '@capi/core/outbox-test'
import { cuttableProxy, hasRedis, startRedis } from '@capi/testing'
import { Redis } from 'ioredis'
import { describe, expect, it, onTestFinished } from 'vitest'
import { redisOutbox } from '../src/index.ts'
import { inRedis, isRedisHere, redisForTests } from './redis.ts'

const place = await redisForTests()
const LANE = '1234567890'
const time = () => ({ tickMs: performance.now(), nowMs: Date.now() })
const item = (id: string) => outboxItem(id, { expiresAtMs: Date.now() + 86_400_000 })
const all = { lane: LANE, maxEvents: 100, maxBytes: 1e6, leaseMs: 60_000 }

describe('a Redis that is not there', () => {
  it('is reported as unreachable, and says nothing of the event', async () => {
    const outbox = redisOutbox({ connection: { host: '127.0.0.1', port: 1 } })
    onTestFinished(async () => void (await outbox.close()))
    const error: unknown = await outbox.put([item('order.secret')], time()).catch((e: unknown) => e)
    expect(error).toBeInstanceOf(CapiStoreError)
    expect(error).toMatchObject({ problem: 'unreachable', retryable: true })
    const told = error as CapiStoreError
    expect(JSON.stringify([told.message, told.stack, Object.entries(told)])).not.toContain('secret')
    expect(told.cause).toBeUndefined()
  })
})

describe.skipIf(!hasRedis())('a Redis that goes away', () => {
  it('is answered for at once by a client that knows, and used again when it is back', async () => {
    const server = await startRedis('appendonly yes', 'appendfsync always')
    onTestFinished(() => server.stop())
    // As BullMQ wants it for workers: without a bound, commands would wait for it as long as it takes.
    const client = new Redis({ port: server.port, maxRetriesPerRequest: null })
    client.on('error', () => {})
    onTestFinished(() => client.disconnect())
    const outbox = redisOutbox({ connection: client, onWarning() {} })
    expect(await outbox.put([item('a')], time())).toEqual(['accepted'])
    await server.kill()
    await expect.poll(() => client.status).not.toBe('ready')
    const startMs = performance.now()
    await expect(outbox.put([item('b')], time())).rejects.toMatchObject({ problem: 'unreachable' })
    await expect(outbox.lease(all, time())).rejects.toMatchObject({ problem: 'unreachable' })
    expect(performance.now() - startMs).toBeLessThan(200)
    await server.restart()
    await expect
      .poll(() => outbox.put([item('c')], time()).catch(() => []), { timeout: 10_000 })
      .toEqual(['accepted'])
    const { items } = await outbox.lease(all, time())
    expect(items.map(({ event_id }) => event_id)).toEqual(['a', 'c'])
  })
})

describe.skipIf(!hasRedis())('a connection of its own that goes dead silently', () => {
  it('is replaced within seconds, also in the middle of a call', { timeout: 30_000 }, async () => {
    const server = await startRedis('appendonly yes')
    onTestFinished(() => server.stop())
    const proxy = await cuttableProxy(server.port)
    onTestFinished(() => proxy.close())
    const outbox = redisOutbox({ connection: `redis://127.0.0.1:${proxy.port}` })
    onTestFinished(async () => void (await outbox.close()))
    expect(await outbox.put([item('a')], time())).toEqual(['accepted'])
    proxy.cut()
    const unanswered = outbox.put([item('b')], time())
    proxy.restore()
    await expect(unanswered).rejects.toMatchObject({ problem: 'unreachable' })
    await expect
      .poll(() => outbox.put([item('c')], time()).catch(() => []), { timeout: 2_000 })
      .toEqual(['accepted'])
  })
})

describe.skipIf(!isRedisHere)('what stands in Redis', () => {
  it('is nothing once all is delivered, but for the hash of an event that is remembered', async () => {
    const { redis, prefix, open } = inRedis(place)
    const outbox = open()
    const nowMs = Date.now()
    const kept = { ...item('order.1001'), rememberUntilMs: nowMs + 60_000 }
    await outbox.put([kept, item('order.1002')], time())
    expect((await redis.keys(`*${prefix}*`)).join()).not.toMatch(/order/)
    const { items } = await outbox.lease(all, time())
    await outbox.settle(
      items.map((token) => ({ kind: 'delivered', token }) as const),
      time(),
    )
    const memory = `{${prefix}}:1:r:${kept.key}`
    const left = await redis.keys(`*${prefix}*`)
    // What a call did is known for as long as it may be repeated.
    expect(left.filter((key) => !key.includes(':n:'))).toEqual([memory])
    for (const key of left) expect(await redis.pttl(key)).toBeGreaterThan(0)
    expect(await redis.get(memory)).toBe(String(nowMs + 60_000))
  })

  it('is handed on at once when a worker closes', async () => {
    const { open } = inRedis(place)
    const [one, other] = [open(), open()]
    await one.put([item('a'), item('b')], time())
    await one.lease(all, time())
    expect((await other.lease(all, time())).items).toEqual([])
    await one.close()
    const { items } = await other.lease(all, time())
    expect(items.map(({ event_id, attempts }) => [event_id, attempts])).toEqual([
      ['a', 0],
      ['b', 0],
    ])
  })

  it('is due at once, also after the clock of Redis was set back', async () => {
    const { redis, root, open } = inRedis(place)
    const [one, other] = [open(), open()]
    await one.put([item('before')], time())
    // What the stream keeps of the hour that was: ids never go back.
    const last = await redis.xadd(`${root}:s:${LANE}`, `${Date.now() + 3_600_000}-0`, 'k', 'v')
    await redis.xdel(`${root}:s:${LANE}`, String(last))
    await one.lease(all, time())
    await one.put([item('after')], time())
    expect(await other.dueLanes(time())).toEqual([LANE])
    const { items } = await other.lease(all, time())
    expect(items.map(({ event_id }) => event_id)).toEqual(['after'])
  })

  it('is shared by four workers without an overlap', async () => {
    const { open } = inRedis(place)
    const workers = Array.from({ length: 4 }, () => open())
    await open().put(
      Array.from({ length: 2_001 }, (_one, n) => item(`order.${n}`)),
      time(),
    )
    const found: string[] = []
    await Promise.all(
      workers.map(async (worker) => {
        for (;;) {
          const { items } = await worker.lease(all, time())
          if (items.length === 0) return
          found.push(...items.map(({ event_id }) => event_id))
          await worker.settle(
            items.map((token) => ({ kind: 'delivered', token }) as const),
            time(),
          )
        }
      }),
    )
    expect([found.length, new Set(found).size]).toEqual([2_001, 2_001])
  })

  it('keeps any text of an event as it was put', async () => {
    const { open } = inRedis(place)
    const outbox = open()
    const ids = ['\u0000', '\ud800', '"\\', 'a\nb', '😀', ' ', 'x'.repeat(10_000)]
    const bodies = ids.map((id) => JSON.stringify({ id, deep: '['.repeat(2_000) }))
    await outbox.put(
      ids.map((id, n) => ({ ...item(id), body: bodies[n] ?? '' })),
      time(),
    )
    const { items } = await outbox.lease({ ...all, maxBytes: 1e9 }, time())
    expect(items.map(({ event_id }) => event_id)).toEqual(ids)
    expect(items.map(({ body }) => body)).toEqual(bodies)
    const [first] = items
    if (first === undefined) throw new Error('they were put')
    const cause = { code: 'meta_100', fbtrace_id: 'A\n"' }
    await outbox.settle([{ kind: 'dead', token: first, cause }], time())
    expect(await outbox.readDead({}, 10)).toMatchObject([{ cause, item: { body: bodies[0] } }])
  })
})
