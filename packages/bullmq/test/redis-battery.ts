import { setTimeout as sleep } from 'node:timers/promises'
import type { Outbox } from '@capi/core/outbox'
import { outboxBattery } from '@capi/core/outbox-test'
import { Queue, Worker } from 'bullmq'
import { beforeAll, describe, expect, it } from 'vitest'
import { bullmqOutbox } from '../src/index.ts'
import { isRedisHere, redisForTests, testPrefix } from './redis.ts'
import { type TcpProxy, tcpProxy } from './tcp-proxy.ts'

const LEASE_MS = 500
/** The battery that every outbox passes, each outbox behind a proxy of its own that can be cut. */
export async function redisBattery(name: string): Promise<void> {
  const redis = await redisForTests()
  const prefixes = testPrefix()
  let prefix = prefixes.next()
  /** One for each outbox of a test, made before: `open` does not wait. */
  let spare: TcpProxy[] = []
  const proxies = new Map<Outbox, TcpProxy>()

  async function newProxies(): Promise<void> {
    for (const proxy of [...spare, ...proxies.values()]) await proxy.close()
    proxies.clear()
    spare = await Promise.all(Array.from({ length: 4 }, () => tcpProxy(redis)))
  }
  if (isRedisHere) beforeAll(newProxies)

  /** What any other worker does: looks for jobs whose lock ran out. */
  async function untilLeasesRanOut(): Promise<void> {
    const connection = { host: redis.host, port: redis.port }
    const worker = new Worker('capi', null, {
      prefix,
      connection,
      autorun: false,
      stalledInterval: 50,
    })
    await worker.startStalledCheckTimer()
    const queue = new Queue('capi', { prefix, connection })
    while ((await queue.getActiveCount()) > 0) await sleep(20)
    await Promise.all([worker.close(), queue.close()])
  }

  describe.skipIf(!isRedisHere)('on Redis', () => {
    outboxBattery(
      {
        name,
        isDurable: true,
        open(bounds) {
          const proxy = spare.pop()
          if (proxy === undefined) throw new Error('more outboxes than proxies')
          const connection = { host: '127.0.0.1', port: proxy.port }
          const queue = { name: 'capi', opts: { prefix, connection } }
          const outbox = bullmqOutbox({
            queue,
            leaseMs: LEASE_MS,
            ...bounds,
            timeoutMs: 5_000,
            onWarning() {},
          })
          proxies.set(outbox, proxy)
          return outbox
        },
        shared: {
          hasOwnLeases: true,
          pass: (ms) => sleep(ms),
          async crash(outbox) {
            proxies.get(outbox)?.cut()
            await untilLeasesRanOut()
          },
        },
        async reset() {
          await prefixes.clear(redis)
          prefix = prefixes.next()
          await newProxies()
        },
      },
      { describe, it, expect },
    )
  })
}
