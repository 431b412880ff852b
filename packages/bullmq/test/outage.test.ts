import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { CapiStoreError } from '@capi/core'
import { outboxItem } from '@capi/core/outbox-test'
import { Redis } from 'ioredis'
import { describe, expect, it, onTestFinished } from 'vitest'
import { bullmqOutbox } from '../src/bullmq-outbox.ts'
import type { BullmqOutboxOptions } from '../src/index.ts'
import type { OldOutbox } from '../src/old-port.ts'
import { isRedisHere, redisForTests, testPrefix } from './redis.ts'
import { tcpProxy } from './tcp-proxy.ts'

const LANE = '1234567890'
const TIMEOUT_MS = 500
/** For a machine that is busy with other tests. */
const SLACK_MS = 500
/** A connection is tried again after two seconds at most. */
const PATIENT = { timeout: 20_000 }
const redis = await redisForTests()
const time = () => ({ tickMs: 0, nowMs: Date.now() })
const item = (id: string) => outboxItem(id, { expiresAtMs: Date.now() + 86_400_000 })
const lease = (outbox: OldOutbox) =>
  outbox.lease({ lane: LANE, maxEvents: 100, maxBytes: 1e6, tickMs: 0 })

function open(port: number, more: Partial<BullmqOutboxOptions> = {}): OldOutbox {
  const queue = { name: 'capi', opts: { connection: { host: '127.0.0.1', port } } }
  const outbox = bullmqOutbox({
    queue,
    timeoutMs: TIMEOUT_MS,
    leaseMs: 500,
    onWarning() {},
    ...more,
  })
  onTestFinished(async () => void (await outbox.close()))
  return outbox
}

/** The problem, and how long it took to be told. */
async function failing(call: Promise<unknown>) {
  const startMs = performance.now()
  const error: unknown = await call.catch((reason: unknown) => reason)
  if (!(error instanceof CapiStoreError))
    throw new Error('expected a CapiStoreError', { cause: error })
  return { problem: error.problem, tookMs: performance.now() - startMs, error }
}

describe('a Redis that is not there', () => {
  it('costs a call no more than its time, and close no more', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    server.close()
    const outbox = open(typeof address === 'object' ? (address?.port ?? 0) : 0)
    const { problem, tookMs } = await failing(outbox.put([item('a')], Date.now()))
    expect(problem).toBe('unreachable')
    expect(tookMs).toBeLessThan(TIMEOUT_MS + SLACK_MS)
    const startMs = performance.now()
    expect(await outbox.close()).toEqual([])
    expect(performance.now() - startMs).toBeLessThan(2 * TIMEOUT_MS + SLACK_MS)
  })
})

describe.skipIf(!isRedisHere)('a network that swallows everything', { timeout: 30_000 }, () => {
  const prefixes = testPrefix()

  async function behindProxy(more: Partial<BullmqOutboxOptions> = {}) {
    const proxy = await tcpProxy(redis)
    const prefix = prefixes.next()
    const connection = { host: '127.0.0.1', port: proxy.port }
    const outbox = open(proxy.port, {
      queue: { name: 'capi', opts: { prefix, connection } },
      ...more,
    })
    const direct = { name: 'capi', opts: { prefix, connection: redis } }
    onTestFinished(async () => {
      await proxy.close()
      await prefixes.clear(redis)
    })
    return { proxy, outbox, other: () => open(0, { queue: direct }) }
  }

  it('costs put its time, each time, and nothing once it is back', async () => {
    const { proxy, outbox } = await behindProxy()
    expect(await outbox.put([item('a')], Date.now())).toEqual(['accepted'])
    proxy.cut()
    for (const id of ['b', 'c']) {
      const { problem, tookMs } = await failing(outbox.put([item(id)], Date.now()))
      expect([problem, tookMs < TIMEOUT_MS + SLACK_MS]).toEqual(['unreachable', true])
    }
    proxy.mend()
    await expect
      .poll(() => outbox.put([item('d')], Date.now()).catch(() => []))
      .toEqual(['accepted'])
    expect((await lease(outbox)).items.map((one) => one.event_id)).toEqual(['a', 'd'])
  })

  it('is nothing that lasts, though it was there when the outbox connected', async () => {
    const { proxy, outbox } = await behindProxy()
    proxy.cutAnswers()
    expect((await failing(outbox.recover())).problem).toBe('unreachable')
    proxy.mend()
    await expect
      .poll(() => outbox.put([item('a')], Date.now()).catch(() => []), PATIENT)
      .toEqual(['accepted'])
    await expect.poll(async () => (await lease(outbox)).items, PATIENT).toHaveLength(1)
  })

  it('is noticed by the connection itself, also when nothing ends it', async () => {
    const { proxy, outbox } = await behindProxy()
    await outbox.put([item('a')], Date.now())
    proxy.cut()
    await failing(outbox.put([item('b')], Date.now()))
    // The old connection stays dead; only a new one passes.
    proxy.passNew()
    await expect
      .poll(() => outbox.put([item('c')], Date.now()).catch(() => []), PATIENT)
      .toEqual(['accepted'])
  })

  it('lets another worker have what was leased, and a late settlement is stale', async () => {
    const { proxy, outbox, other } = await behindProxy()
    await outbox.put([item('a')], Date.now())
    const [late] = (await lease(outbox)).items
    if (late === undefined) throw new Error('one was put')
    const second = other()
    await second.recover()
    proxy.cut()
    await expect.poll(async () => (await lease(second)).items, PATIENT).toHaveLength(1)
    proxy.mend()
    const settled = () => outbox.settle([{ kind: 'delivered', token: late }], time())
    await expect.poll(() => settled().catch(() => []), PATIENT).toEqual(['stale'])
    expect(await second.stats()).toMatchObject({ [LANE]: { queued: 1 } })
  })

  it('loses nothing that was handed out into it', async () => {
    const { proxy, outbox } = await behindProxy()
    await outbox.put([item('a')], Date.now())
    proxy.cutAnswers()
    expect((await failing(lease(outbox))).problem).toBe('unreachable')
    proxy.mend()
    const again = async () => (await lease(outbox).catch(() => ({ items: [] }))).items
    await expect.poll(again, PATIENT).toMatchObject([{ event_id: 'a', attempts: 0 }])
  })

  it('loses no verdict: settled again, it takes effect or had taken it', async () => {
    const { proxy, outbox } = await behindProxy({ leaseMs: 30_000 })
    await outbox.put([item('a'), item('b')], Date.now())
    const { items } = await lease(outbox)
    proxy.cutAnswers()
    const settlements = items.map((token) => ({ kind: 'delivered', token }) as const)
    expect((await failing(outbox.settle(settlements, time()))).problem).toBe('unreachable')
    proxy.mend()
    const again = () => outbox.settle(settlements, time()).catch(() => [])
    await expect.poll(again, PATIENT).toEqual(['unknown', 'unknown'])
    await outbox.sweep(Date.now())
    expect((await outbox.stats())[LANE]?.queued ?? 0).toBe(0)
  })

  it('tells nothing of an event in what it says', async () => {
    const { proxy, outbox } = await behindProxy()
    await outbox.recover()
    proxy.cut()
    const { error } = await failing(outbox.put([item('order.secret')], Date.now()))
    proxy.mend()
    const told = JSON.stringify([error.message, error.stack, Object.entries(error), error.cause])
    expect(told).not.toContain('secret')
  })
})

describe.skipIf(!isRedisHere)('what stands in Redis', () => {
  it('has no id of an event in its keys, and of a remembered event its hash alone', async () => {
    const prefixes = testPrefix()
    const prefix = prefixes.next()
    const outbox = open(0, { queue: { name: 'capi', opts: { prefix, connection: redis } } })
    const nowMs = Date.now()
    await outbox.put([{ ...item('order.1001'), rememberUntilMs: nowMs + 60_000 }], nowMs)
    const client = new Redis(redis.port, redis.host)
    onTestFinished(async () => {
      client.disconnect()
      await prefixes.clear(redis)
    })
    expect((await client.keys(`${prefix}:*`)).join()).not.toContain('1001')
    const [token] = (await lease(outbox)).items
    if (token === undefined) throw new Error('one was put')
    await outbox.settle([{ kind: 'delivered', token }], time())
    const key = `${prefix}:capi:${token.id}`
    expect(await client.hgetall(key)).toEqual({ until: String(nowMs + 60_000) })
    expect(await client.pttl(key)).toBeGreaterThan(50_000)
    await sleep(0)
    expect(await client.exists(`${prefix}:capi:completed`)).toBe(0)
  })
})
