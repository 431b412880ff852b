import { CONTESTANTS } from './contestants.ts'
import { makeOrders, type Names } from './orders.ts'

/** One contestant alone in its process: does a round when told to, and says what CPU time it took. */
const [, , name = '', names = '', size = '50'] = process.argv
const contestant = CONTESTANTS[name]?.()
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
