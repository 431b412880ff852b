import { pathToFileURL } from 'node:url'
import type * as Core from '@capi/core'
import { makeOrders } from './orders.ts'

/** One build of core alone in its process: builds and writes as many events as it is asked for, and says what CPU time they took. */
const [, , dist = ''] = process.argv
const { buildEvent } = (await import(pathToFileURL(`${dist}/index.js`).href)) as typeof Core
const orders = makeOrders(20_000, 'as among people')
let next = 0

process.on('message', (count: number) => {
  const slice = orders.slice(next, next + count)
  next = (next + count) % orders.length
  const now = Date.now()
  const start = process.cpuUsage()
  for (const order of slice) JSON.stringify(buildEvent(order, { nowMs: now }).event)
  const { user, system } = process.cpuUsage(start)
  process.send?.(user + system)
})
process.send?.('ready')
