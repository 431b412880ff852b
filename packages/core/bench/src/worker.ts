import { isAbsolute } from 'node:path'
import { pathToFileURL } from 'node:url'
import type * as Core from '@capi/core'
import { CONTESTANTS, core } from './contestants.ts'
import { makeOrders, type Names } from './orders.ts'

/** One contestant, or the build of core in a folder, alone in its process: does a round when told to, and says what CPU time it took. */
const [, , name = '', names = '', size = '50'] = process.argv
const contestant = isAbsolute(name) ? core((await built(name)).buildEvent) : CONTESTANTS[name]?.()
if (contestant === undefined) throw new Error(`no contestant ${name}`)
const batchSize = Number(size)
const orders = makeOrders(20_000, names as Names)

process.on('message', () => {
  const start = process.cpuUsage()
  let bytes = 0
  for (let from = 0; from < orders.length; from += batchSize)
    bytes += contestant(orders.slice(from, from + batchSize)).length
  const { user, system } = process.cpuUsage(start)
  process.send?.({
    eventsPerSecond: (orders.length / (user + system)) * 1e6,
    bytesPerEvent: bytes / orders.length,
    heap: process.memoryUsage().heapUsed,
  })
})
process.send?.('ready')

async function built(dist: string): Promise<typeof Core> {
  return await import(pathToFileURL(`${dist}/index.js`).href)
}
