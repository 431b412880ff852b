import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { type RedisServer, startRedis } from '@capi/testing'
import { Redis } from 'ioredis'

const SLOTS = 16_384

/** A cluster on loopback: three masters, a third of the slots each. */
export async function startCluster(): Promise<readonly RedisServer[]> {
  const servers: RedisServer[] = []
  for (let n = 0; n < 3; n++) {
    const bus = `cluster-port ${await freePort()}`
    servers.push(await startRedis('cluster-enabled yes', 'appendonly yes', bus))
  }
  const nodes = servers.map(({ host, port }) => new Redis(port, host))
  const [first] = nodes
  for (const [n, node] of nodes.entries()) {
    const from = Math.ceil((n * SLOTS) / 3)
    const until = Math.ceil(((n + 1) * SLOTS) / 3)
    await node.cluster('ADDSLOTS', ...Array.from({ length: until - from }, (_one, i) => from + i))
    const { host, port } = servers[n] ?? {}
    const bus = String(await node.config('GET', 'cluster-port')).split(',')[1]
    if (n > 0) await first?.call('CLUSTER', 'MEET', String(host), String(port), String(bus))
  }
  for (const node of nodes) {
    while (!/cluster_state:ok.*cluster_known_nodes:3/s.test(String(await node.cluster('INFO'))))
      await sleep(20)
    node.disconnect()
  }
  return servers
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (typeof address !== 'object' || address === null) throw new Error('no port is free')
  return address.port
}
