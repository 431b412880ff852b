// One contestant of bench/run.ts and of tools/bench, in a process of its own: node bench/server.ts <variant> <sink> [packages]
import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import express, { type NextFunction, type Request, type Response } from 'express'
import { buildAt } from './build-at.ts'
import { byHand, type Order } from './by-hand.ts'

/** `packages`: where the packages of another build lie. */
const [given = 'without', sink = 'http://127.0.0.1:9', packages] = process.argv.slice(2)
const { createCapi, capiMiddleware } = await buildAt(packages)
/** Such a route also writes the order into a database, as a shop's does. */
const hasRow = given.startsWith('order row, ')
const variant = hasRow ? given.slice('order row, '.length) : given
const quiet = { warn() {}, error() {} }
const client = createCapi({
  pixelId: '1234567890',
  accessToken: 'token',
  baseUrl: sink,
  logger: quiet,
})
const app = express()
app.set('trust proxy', 'loopback')
app.use(express.json())
if (variant === 'noop') app.use((_req: Request, _res: Response, next: NextFunction) => next())
if (variant === 'untracked' || variant === 'tracked') app.use(capiMiddleware({ client }))

// The same visitor for every event: what core takes, without the request.
const fixed = client.with({
  action_source: 'website',
  event_source_url: 'https://shop.example/order',
  user_data: { client_ip_address: '203.0.113.7', client_user_agent: 'UA/1' },
})
const trackByHand = byHand(sink)

const folder = mkdtempSync(join(tmpdir(), 'capi-express-bench-'))
const database = new DatabaseSync(join(folder, 'orders.db'))
database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL')
database.exec('CREATE TABLE orders (id INTEGER PRIMARY KEY, email TEXT, value REAL, items TEXT)')
const insert = database.prepare('INSERT INTO orders VALUES (?, ?, ?, ?)')

const TRACK: Readonly<Record<string, (req: Request, order: Order) => unknown>> = {
  tracked: (req, order) => req.capi.track('Purchase', ...told(order)),
  'core alone': (_req, order) => fixed.track('Purchase', ...told(order)),
  'by hand': trackByHand,
}
const told = ({ id, value, email, content_ids }: Order) =>
  [
    { value, currency: 'EUR', content_ids, order_id: String(id) },
    { event_id: `order.${id}`, user_data: { em: email, external_id: id } },
  ] as const
const track = TRACK[variant]

let orders = 0
app.post('/order', (req, res) => {
  const { items, email } = req.body as { items: { id: string; price: number }[]; email: string }
  const value = items.reduce((sum, item) => sum + item.price, 0)
  const id = ++orders
  if (hasRow) insert.run(id, email, value, JSON.stringify(items))
  void track?.(req, { id, value, email, content_ids: items.map((item) => item.id) })
  res.json({ id, value, status: 'paid' })
})

const server = app.listen(0, '127.0.0.1', () => process.send?.(server.address()))
// Longer than the turns of the others.
server.keepAliveTimeout = 600_000
process.on('message', () => {
  const { port } = server.address() as AddressInfo
  const { user, system } = process.cpuUsage()
  void client
    .stats()
    .then(({ tracked, dropped, delivered }) =>
      process.send?.({ port, cpuMs: (user + system) / 1_000, tracked, delivered, dropped }),
    )
})
process.on('disconnect', () => {
  rmSync(folder, { recursive: true })
  process.exit(0)
})
