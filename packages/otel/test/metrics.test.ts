import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http'
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus'
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics'
import { expect, it, onTestFinished } from 'vitest'
import { instrumentCapi } from '../src/index.ts'
import { startCollector } from './collector.ts'
import { away, EMAIL, PIXEL, refused, sale, shop, TOKEN, taken } from './shop.ts'

interface Point {
  readonly attributes: readonly {
    readonly key: string
    readonly value: Readonly<Record<string, unknown>>
  }[]
  readonly asDouble?: number
  readonly asInt?: number | string
  readonly count?: number | string
  readonly sum?: number
}

/** The points of each metric, with their attributes as an object. */
function metricsOf(body: string) {
  const { resourceMetrics } = JSON.parse(body)
  const metrics = resourceMetrics[0].scopeMetrics[0].metrics as readonly Record<string, never>[]
  return Object.fromEntries(
    metrics.map((metric) => {
      const data: { readonly dataPoints: readonly Point[] } = metric['sum'] ??
        metric['gauge'] ??
        metric['histogram'] ?? { dataPoints: [] }
      const points = data.dataPoints.map(({ attributes, asDouble, asInt, count }) => ({
        value: Number(asDouble ?? asInt ?? count),
        ...Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]])),
      }))
      return [String(metric['name']), points] as const
    }),
  )
}

it('a collector gets every metric over OTLP, with the attributes that are documented', async () => {
  const { url, taken: bodies } = await startCollector()
  const reader = new PeriodicExportingMetricReader({
    exporter: new OTLPMetricExporter({ url: `${url}/v1/metrics` }),
    exportIntervalMillis: 3_600_000,
  })
  const meterProvider = new MeterProvider({ readers: [reader] })
  const capi = shop({}, away, taken, refused)
  const quality = {
    web: [
      { event_name: 'Purchase', score: 7.5, match_keys: [], diagnostics: [], dedupe_keys: [] },
      { event_name: 'Geheim von Anna', score: 5, match_keys: [], diagnostics: [], dedupe_keys: [] },
    ],
    offline: [],
    missing: [],
    readAtMs: 0,
  }
  const asked: string[] = []
  const read = async () => {
    asked.push(PIXEL)
    return quality
  }
  onTestFinished(instrumentCapi({ client: capi, meterProvider, quality: { [PIXEL]: read } }))

  await capi.track('Purchase', { value: 12.5, currency: 'EUR', colour: EMAIL }, sale('order.1'))
  await capi.track('Geheim von Anna', {}, { ...sale('a'), user_data: { em: 'no address' } })
  await capi.flush()
  await capi.track('Lead', {}, sale('order.2'))
  await capi.flush()
  await meterProvider.forceFlush()
  await meterProvider.forceFlush()

  const dataset = { 'capi.dataset.id': PIXEL }
  const metrics = metricsOf(bodies.at(-1)?.body ?? '')
  expect(Object.keys(metrics).sort()).toEqual([
    'capi.client.dead_letters',
    'capi.client.event.age',
    'capi.client.events',
    'capi.client.issues',
    'capi.client.queue.size',
    'capi.client.request.duration',
    'capi.dataset.match_quality',
  ])
  expect(metrics['capi.client.events']).toEqual(
    expect.arrayContaining([
      { value: 1, ...dataset, 'capi.outcome': 'retry' },
      { value: 1, ...dataset, 'capi.outcome': 'delivered' },
      { value: 1, ...dataset, 'capi.outcome': 'dropped', 'capi.drop.reason': 'rejected' },
    ]),
  )
  expect(metrics['capi.client.request.duration']).toEqual(
    expect.arrayContaining([
      {
        value: 1,
        ...dataset,
        'capi.verdict': 'ambiguous',
        'error.type': 'http_503',
        'server.address': 'graph.facebook.com',
      },
      { value: 1, ...dataset, 'capi.verdict': 'delivered', 'server.address': 'graph.facebook.com' },
      {
        value: 1,
        ...dataset,
        'capi.verdict': 'rejected',
        'error.type': 'meta_100_2804003',
        'server.address': 'graph.facebook.com',
      },
    ]),
  )
  expect(metrics['capi.client.event.age']).toEqual([{ value: 1, ...dataset }])
  expect(metrics['capi.client.queue.size']).toMatchObject([{ value: 0, ...dataset }])
  expect(metrics['capi.client.dead_letters']).toEqual([{ value: 1, ...dataset }])
  expect(metrics['capi.client.issues']).toEqual(
    expect.arrayContaining([{ value: 1, 'capi.issue.code': 'personal_data' }]),
  )
  expect(metrics['capi.dataset.match_quality']).toEqual([
    { value: 7.5, ...dataset, 'capi.event.name': 'Purchase' },
  ])
  expect(asked).toEqual([PIXEL])
  const all = bodies.map(({ body }) => body).join()
  for (const secret of [EMAIL, TOKEN, 'Geheim', '203.0.113.7', 'order.1', 'shop.example'])
    expect(all).not.toContain(secret)
})

it('Prometheus reads them from the process', async () => {
  const exporter = new PrometheusExporter({ preventServerStart: true })
  const meterProvider = new MeterProvider({ readers: [exporter] })
  const server = createServer((request, response) =>
    exporter.getMetricsRequestHandler(request, response),
  ).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const capi = shop({}, taken)
  onTestFinished(instrumentCapi({ client: capi, meterProvider }))
  await capi.track('Lead', {}, sale('a'))
  await capi.flush()
  const { port } = server.address() as AddressInfo
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
  expect(text).toMatch(/^capi_client_events_total\{[^}]*capi_outcome="delivered"[^}]*\} 1$/m)
  expect(text).toMatch(/^capi_client_request_duration_bucket\{[^}]*le="0.05"\} \d$/m)
  expect(text).toMatch(/^capi_client_event_age_count\{[^}]*\} 1$/m)
  expect(text).toMatch(/^capi_client_queue_size\{[^}]*\} 0$/m)
})

it('what OpenTelemetry throws costs no event, and nothing is counted after the end', async () => {
  const counted: number[] = []
  const meterProvider = new MeterProvider()
  const meter = meterProvider.getMeter('x')
  let isBroken = true
  const add = (count: number) => {
    counted.push(count)
    if (isBroken) throw new Error('broken')
  }
  const odd = Object.assign(Object.create(meter), { createCounter: () => ({ add }) })
  const end = instrumentCapi({ meterProvider: { getMeter: () => odd } })
  const capi = shop({}, taken)
  expect(await capi.track('Lead', {}, sale('a'))).toMatchObject({ outcome: 'accepted' })
  expect(await capi.flush()).toMatchObject({ delivered: 1 })
  expect(counted.length).toBeGreaterThan(0)
  isBroken = false
  end()
  counted.length = 0
  await capi.track('Lead', {}, sale('b'))
  await capi.flush()
  expect(counted).toEqual([])
})
