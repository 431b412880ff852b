import { type RunningEmulator, startEmulator } from '@capi/emulator'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { RUNTIMES, runProgram } from '../src/run-program.ts'
import { startWorker } from '../src/start-worker.ts'

let emulator: RunningEmulator
beforeAll(async () => {
  emulator = await startEmulator({ port: 0 })
})
afterAll(() => emulator.close())

const EXPECTED = {
  metrics: [
    'capi.client.dead_letters',
    'capi.client.event.age',
    'capi.client.events',
    'capi.client.queue.size',
    'capi.client.request.duration',
  ],
  spans: ['send 1234567890'],
}

it.each(RUNTIMES)('@capi/otel measures a delivery on %s', async (runtime) => {
  const { stdout } = await runProgram(runtime, 'measure', emulator.url)
  expect(JSON.parse(stdout)).toEqual(EXPECTED)
})

it('@capi/otel measures a delivery in workerd, with nodejs_compat', async () => {
  await using worker = await startWorker(
    { file: 'measure.ts' },
    { nodejsCompat: true, bindings: { CAPI_BASE_URL: emulator.url } },
  )
  const { status, text } = await worker.fetch('/')
  expect(status, text).toBe(200)
  expect(JSON.parse(text)).toEqual(EXPECTED)
})
