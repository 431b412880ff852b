import assert from 'node:assert/strict'
import { createCapi } from '@capi/core'
import { instrumentCapi } from '@capi/otel'
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import { assertOneEvent, EMAIL, runProgram, startEmulator } from './one-event.js'

runProgram(async () => {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 60_000 })
  const meterProvider = new MeterProvider({ readers: [reader] })
  const { emulator, options } = await startEmulator()
  const capi = createCapi(options)
  const end = instrumentCapi({ client: capi, meterProvider, links: true })
  await capi.track(
    'Lead',
    {},
    { event_id: 'lead.1', action_source: 'other', user_data: { em: EMAIL } },
  )
  await assertOneEvent(emulator, 'Lead', 'lead.1')
  await capi.flush()
  await meterProvider.forceFlush()
  const metrics = exporter
    .getMetrics()
    .flatMap(({ scopeMetrics }) => scopeMetrics[0]?.metrics ?? [])
  const names = metrics.map(({ descriptor }) => descriptor.name)
  for (const name of [
    'capi.client.events',
    'capi.client.request.duration',
    'capi.client.queue.size',
  ])
    assert.ok(names.includes(name), name)
  assert.doesNotMatch(JSON.stringify(metrics), /anna\.muster/i)
  end()
  await capi.close()
  await meterProvider.shutdown()
  await emulator.close()
})
