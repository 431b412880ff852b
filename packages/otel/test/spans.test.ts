import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type CapiOptions, memoryOutbox } from '@capi/core'
import { sqliteOutbox } from '@capi/sqlite'
import { context } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { beforeAll, expect, it, onTestFinished } from 'vitest'
import { instrumentCapi } from '../src/index.ts'
import { startCollector } from './collector.ts'
import { away, EMAIL, PIXEL, sale, shop, TOKEN, taken } from './shop.ts'

interface SentSpan {
  readonly name: string
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly kind: number
  readonly status: { readonly code?: number }
  readonly links?: readonly { readonly traceId: string; readonly spanId: string }[]
  readonly startTimeUnixNano: string
  readonly endTimeUnixNano: string
}

beforeAll(() => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  return () => context.disable()
})

async function tracing() {
  const { url, taken: bodies } = await startCollector()
  const exporter = new OTLPTraceExporter({ url: `${url}/v1/traces` })
  const tracerProvider = new TracerProvider({
    spanProcessors: [new SimpleSpanProcessor({ exporter })],
  })
  return {
    tracerProvider,
    text: () => bodies.map(({ body }) => body).join(),
    spans: async (): Promise<readonly SentSpan[]> => {
      await tracerProvider.forceFlush()
      return bodies.flatMap(({ body }) => JSON.parse(body).resourceSpans[0].scopeSpans[0].spans)
    },
  }
}

function onDisk() {
  const folder = mkdtempSync(join(tmpdir(), 'capi-otel-'))
  const outbox = sqliteOutbox({ path: join(folder, 'events.db') })
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return outbox
}

it.each<[string, () => CapiOptions['outbox']]>([
  ['in memory', () => memoryOutbox()],
  ['in a file', onDisk],
])(
  'the span of a request links to the requests that tracked its events, %s',
  async (_name, outbox) => {
    const { tracerProvider, spans, text } = await tracing()
    onTestFinished(instrumentCapi({ tracerProvider, links: true }))
    const capi = shop({ outbox: outbox() }, away, taken)
    const tracer = tracerProvider.getTracer('shop')
    const order = (id: string) =>
      tracer.startActiveSpan('POST /order', async (span) => {
        await capi.track('Own name', {}, sale(id))
        span.end()
        return span.spanContext()
      })
    const [first, second] = [await order('a'), await order('b')]
    await capi.flush()

    const all = await spans()
    const sent = all.filter(({ name }) => name === `send ${PIXEL}`)
    expect(sent.map(({ status }) => status.code ?? 0)).toEqual([2, ...sent.slice(1).map(() => 0)])
    const linked = sent.slice(1).flatMap(({ links = [] }) => links)
    expect(linked.map(({ spanId }) => spanId).sort()).toEqual([first.spanId, second.spanId].sort())
    for (const { traceId } of linked) expect([first.traceId, second.traceId]).toContain(traceId)
    for (const { kind, parentSpanId, traceId, startTimeUnixNano, endTimeUnixNano } of sent) {
      expect(kind).toBe(3)
      expect(parentSpanId).toBeUndefined()
      expect([first.traceId, second.traceId]).not.toContain(traceId)
      expect(BigInt(endTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(startTimeUnixNano))
    }
    for (const secret of [EMAIL, TOKEN, 'Own name', 'shop.example'])
      expect(text()).not.toContain(secret)
  },
)

it('keeps no trace without links, nor outside of one', async () => {
  for (const links of [false, true]) {
    const { tracerProvider, spans } = await tracing()
    const end = instrumentCapi({ tracerProvider, links })
    const capi = shop({}, taken)
    const track = () => capi.track('Lead', {}, sale('a'))
    if (links) await track()
    else await tracerProvider.getTracer('shop').startActiveSpan('POST /order', track)
    await capi.flush()
    end()
    expect((await spans()).map(({ links: found = [] }) => found)).toEqual([[]])
  }
})
