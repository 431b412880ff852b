import type { AddressInfo } from 'node:net'
import { createCapi } from '@capi/core'
import { capiMiddleware } from '@capi/express'
import { instrumentCapi } from '@capi/otel'
import { context } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import {
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import express from 'express'

/** A shop whose orders are tracked: `plain`, with `metrics`, or with `spans` of requests to Meta, linked to those of its own. */
const [, , variant = 'plain'] = process.argv
const capi = createCapi({
  pixelId: '1234567890',
  accessToken: 'token',
  logger: { warn() {}, error() {} },
  fetch: () => Promise.resolve(Response.json({ events_received: 100, fbtrace_id: 'A' })),
})
const exporter = new InMemoryMetricExporter(1)
const meterProvider = new MeterProvider({
  readers: [new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 60_000 })],
})
const nowhere = {
  export: (_spans: unknown, done: (result: { code: number }) => void) => done({ code: 0 }),
  shutdown: () => Promise.resolve(),
}
const tracerProvider = new TracerProvider({
  spanProcessors: [new BatchSpanProcessor({ exporter: nowhere })],
})
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
const tracer = tracerProvider.getTracer('shop')
if (variant === 'metrics') instrumentCapi({ client: capi, meterProvider })
if (variant === 'spans')
  instrumentCapi({ client: capi, meterProvider, tracerProvider, links: true })

const app = express()
app.set('trust proxy', 'loopback')
app.use(express.json())
app.use(capiMiddleware({ client: capi }))
let orders = 0
app.post('/order', (req, res) => {
  // The shop's own span, which every contestant pays for.
  tracer.startActiveSpan('POST /order', (span) => {
    const id = ++orders
    void req.capi.track(
      'Purchase',
      { value: 9, currency: 'EUR', content_ids: ['mug'], order_id: String(id) },
      { event_id: `order.${id}`, user_data: { em: 'anna@example.com' } },
    )
    res.json({ id })
    span.end()
  })
})
const server = app.listen(0, '127.0.0.1', () => process.send?.('ready'))
// Longer than the turns of the others.
server.keepAliveTimeout = 600_000
process.on('message', () => {
  const { user, system } = process.cpuUsage()
  const { port } = server.address() as AddressInfo
  process.send?.({ port, cpuMs: (user + system) / 1_000 })
})
process.on('disconnect', () => process.exit())
