import { createCapi } from '@capi/core'
import { instrumentCapi } from '@capi/otel'

import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'

/** Delivers one event to Meta's stand-in, and says which metrics and spans OpenTelemetry has of it. */
export async function measured(baseUrl: string) {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 })
  const meterProvider = new MeterProvider({ readers: [reader] })
  const spans = new InMemorySpanExporter()
  const tracerProvider = new TracerProvider({
    spanProcessors: [new SimpleSpanProcessor({ exporter: spans })],
  })
  const capi = createCapi({ pixelId: '1234567890', accessToken: 'token', baseUrl })
  const end = instrumentCapi({ client: capi, meterProvider, tracerProvider })
  await capi.track('Lead', {}, { action_source: 'other', user_data: { em: 'anna@example.com' } })
  await capi.flush()
  await meterProvider.forceFlush()
  const metrics = exporter
    .getMetrics()
    .flatMap(({ scopeMetrics }) => scopeMetrics[0]?.metrics ?? [])
  end()
  await capi.close()
  await meterProvider.shutdown()
  return {
    metrics: metrics.map(({ descriptor }) => descriptor.name).sort(),
    spans: spans.getFinishedSpans().map(({ name }) => name),
  }
}
