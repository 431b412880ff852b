import { pathToFileURL } from 'node:url'
import type * as Core from '@capi/core'
import { makeOrders } from './orders.ts'

/** One build of core alone in its process: builds and writes 20,000 events when told to, and says what CPU time one took. */
const [, , dist = ''] = process.argv
const { buildEvent } = (await import(pathToFileURL(`${dist}/index.js`).href)) as typeof Core
const orders = makeOrders(20_000, 'as among people')

process.on('message', () => {
  const now = Date.now()
  const start = process.cpuUsage()
  for (const order of orders) JSON.stringify(buildEvent(order, { now }).event)
  const { user, system } = process.cpuUsage(start)
  process.send?.((user + system) / orders.length)
})
process.send?.('ready')
