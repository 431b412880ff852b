// A shop in a soak: Express with pages, orders and beacons on one of the outboxes. Prints how it is each time it gets SIGUSR2.
import { readdirSync } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { createCapi, type Drop, memoryOutbox } from '@capi/core'
import type { Outbox } from '@capi/core/outbox'
import { capiCollector, capiMiddleware, closeOnShutdown } from '@capi/express'
import { postgresOutbox } from '@capi/postgres'
import { redisOutbox } from '@capi/redis'
import { sqliteOutbox } from '@capi/sqlite'
import express from 'express'
import { Pool } from 'pg'
import type { Sample } from './sample.ts'

const OUTBOXES: Readonly<Record<string, (place: string) => Outbox>> = {
  memory: () => memoryOutbox(),
  sqlite: (path) => sqliteOutbox({ path }),
  postgres: (connectionString) => {
    const db = new Pool({ connectionString, query_timeout: 10_000, connectionTimeoutMillis: 5_000 })
    db.on('error', () => {})
    return postgresOutbox({ db, ensure: true })
  },
  redis: (connection) => redisOutbox({ connection }),
}

const [kind = '', place = '', baseUrl = '', pixelId = ''] = process.argv.slice(2)
const print = (line: object) => void process.stdout.write(`${JSON.stringify(line)}\n`)
const log = (text: string) => print({ log: text })
const capi = createCapi({
  pixelId,
  baseUrl,
  accessToken: 'token',
  outbox: OUTBOXES[kind]?.(place),
  logger: { warn: log, error: log },
  onDropped: ({ reason, event_ids, count }: Drop) =>
    print({ dropped: { reason, event_ids, count } }),
})

const app = express()
app.set('trust proxy', 'loopback')
app.get('/plain', (_req, res) => void res.send('plain'))
app.use(capiMiddleware({ client: capi, autoPageView: true }))
app.get('/', (_req, res) => void res.send('<h1>Shop</h1>'))
app.post('/order/:id', async (req, res) => {
  const event_id = req.capi.eventId('order', req.params.id)
  const user_data = { em: `${req.params.id}@example.com` }
  const sale = { value: 12.5, currency: 'EUR', content_ids: ['mug'] } as const
  res.json(await req.capi.track('Purchase', sale, { event_id, user_data }))
})
app.use('/events', capiCollector({ allowedOrigins: ['https://shop.example'], events: ['Lead'] }))

const delay = monitorEventLoopDelay({ resolution: 10 })
delay.enable()

async function sample(): Promise<Sample> {
  globalThis.gc?.()
  const { heapUsed, rss } = process.memoryUsage()
  const [p50, p99, max] = [delay.percentile(50), delay.percentile(99), delay.max].map((ns) =>
    Math.round(ns / 1e6),
  ) as [number, number, number]
  delay.reset()
  const descriptors = readdirSync('/proc/self/fd').length
  const { tracked, delivered, queued, held, unknown, dropped } = await capi.stats()
  const stats = { tracked, delivered, queued, held, unknown, dropped }
  return {
    atMs: Date.now(),
    heapBytes: heapUsed,
    rssBytes: rss,
    loopDelay: { p50, p99, max },
    descriptors,
    stats,
  }
}

process.on('SIGUSR2', () => void sample().then((one) => print({ sample: one })))
const server = app.listen(0, '127.0.0.1', () => print({ listening: server.address() }))
closeOnShutdown(server, capi)
