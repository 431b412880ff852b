import { createCapi } from '@capi/core'
import type { Outbox } from '@capi/core/outbox'
import { outboxBattery, outboxItem } from '@capi/core/outbox-test'
import { createEmulator } from '@capi/emulator'
import { type RedisConnection, redisOutbox } from '@capi/redis'
import { hasRedis, passInRedis, startRedis, takeOverInRedis } from '@capi/testing'
import { Queue } from 'bullmq'
import { Cluster, Redis } from 'ioredis'
import { createClient, createCluster } from 'redis'
import { afterAll, describe, expect, it, onTestFinished } from 'vitest'
import { startCluster } from '../src/start-cluster.ts'

const isHere = hasRedis()
const runner = { describe, it, expect }
type Call = (command: string, ...args: string[]) => Promise<unknown>

/** The battery, each test under a prefix of its own. `call` reaches the node of the key. */
function battery(name: string, connection: RedisConnection, call: Call): void {
  let tests = 0
  const prefix = () => `${name} ${tests}`
  const open = (bounds = {}): Outbox =>
    redisOutbox({ connection, prefix: prefix(), onWarning() {}, ...bounds })
  outboxBattery(
    {
      name,
      isDurable: true,
      open,
      shared: {
        pass: (ms) => passInRedis(call, `{${prefix()}}:1`, ms),
        crash: () => takeOverInRedis(call, `{${prefix()}}:1`, open()),
      },
      reset: () => void tests++,
    },
    runner,
  )
}

if (isHere) {
  const server = await startRedis('appendonly yes')
  const url = `redis://${server.host}:${server.port}`
  const client = createClient({ url })
  const old = createClient({ url, RESP: 2 })
  for (const one of [client, old]) {
    one.on('error', () => {})
    await one.connect()
  }

  const servers = await startCluster()
  const roots = servers.map(({ host, port }) => ({ host, port }))
  const cluster = new Cluster(roots)
  const nodeCluster = createCluster({
    rootNodes: roots.map(({ host, port }) => ({ url: `redis://${host}:${port}` })),
  })
  nodeCluster.on('error', () => {})
  await nodeCluster.connect()

  afterAll(async () => {
    client.destroy()
    old.destroy()
    cluster.disconnect()
    nodeCluster.destroy()
    for (const one of [server, ...servers]) await one.stop()
  })

  const direct: Call = (...args) => client.sendCommand(args)
  battery('redisOutbox with node-redis', client, direct)
  battery('redisOutbox with node-redis on RESP2', old, direct)
  battery('redisOutbox with a cluster by ioredis', cluster, (...args) => cluster.call(...args))
  battery('redisOutbox with a cluster by node-redis', nodeCluster, (command, ...args) =>
    nodeCluster.sendCommand(String(args[2]), false, [command, ...args]),
  )

  describe('a connection', () => {
    const queue = () => {
      const made = new Queue('capi', { connection: { host: server.host, port: server.port } })
      onTestFinished(() => made.close())
      return made
    }
    const instance = () => {
      const made = new Redis(url, { maxRetriesPerRequest: null })
      const shared = new Queue('capi', { connection: made })
      onTestFinished(async () => {
        await shared.close()
        made.disconnect()
      })
      return shared
    }
    it.each<[string, () => RedisConnection]>([
      ['an address', () => url],
      ['options of ioredis', () => ({ host: server.host, port: server.port, db: 1 })],
      ['a client of ioredis that connects later', () => new Redis(url, { lazyConnect: true })],
      ['the options of a BullMQ queue', () => queue().opts.connection ?? ''],
      ['the client of a BullMQ queue', () => instance().opts.connection ?? ''],
    ])('may be %s', async (_what, connection) => {
      const emulator = createEmulator()
      const given = connection()
      const outbox = redisOutbox({
        connection: given,
        prefix: `e2e-${Math.random()}`,
        onWarning() {},
      })
      const capi = createCapi({
        pixelId: '1234567890',
        accessToken: 'token',
        fetch: emulator.fetch,
        outbox,
      })
      const scope = { action_source: 'other', user_data: { external_id: 7 } } as const
      expect((await capi.track('Lead', {}, { ...scope, event_id: 'a' })).outcome).toBe('accepted')
      expect((await capi.track('Lead', {}, { ...scope, event_id: 'a' })).outcome).toBe('duplicate')
      expect((await emulator.waitForEvent({ event_name: 'Lead' })).status).toBe('processed')
      await capi.close()
      await emulator.close()
      if (given instanceof Redis) {
        expect(given.status).toBe('ready') // It is the application's.
        given.disconnect()
      }
    })

    it('that is not connected is reported as such', async () => {
      const outbox = redisOutbox({ connection: createClient({ url }), onWarning() {} })
      const put = outbox.put([outboxItem('a')], { tickMs: 0, nowMs: 0 })
      await expect(put).rejects.toMatchObject({ problem: 'unreachable' })
    })
  })
} else it.skip('needs a redis-server')
