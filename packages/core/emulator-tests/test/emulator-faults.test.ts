import { createCapi } from '@capi/core'
import { type FaultRule, startEmulator } from '@capi/emulator'
import { afterAll, beforeEach, expect, it } from 'vitest'
import { PIXEL, page, person, sum } from './core-tests.ts'

const emulator = await startEmulator({ port: 0, max: 2_000 })
afterAll(() => emulator.close())
beforeEach(() => emulator.clear())

const EVENTS = 60

/** `timeoutMs` is short only where there is no answer: a busy machine is no fault. */
function client(timeoutMs = 20_000) {
  const log: string[] = []
  const capi = createCapi({
    pixelId: PIXEL,
    accessToken: 'secret-token',
    baseUrl: emulator.url,
    timeoutMs,
    batch: { maxEvents: 20, maxWaitMs: 5 },
    retry: { baseDelayMs: 10, maxDelayMs: 40 },
    logger: { warn: (text) => log.push(text), error: (text) => log.push(text) },
  })
  return { capi, log }
}

/** Every fault the emulator has, over HTTP: which state it puts the lane in, with which cause. */
it.each<[string, FaultRule, string, string | RegExp]>([
  [
    'an unknown error',
    { action: { type: 'error', status: 500, code: 1, is_transient: true } },
    'retrying',
    'meta_1',
  ],
  ['a proxy’s page', { action: { type: 'html', status: 502 } }, 'retrying', 'http_502'],
  ['an answer too late', { action: { type: 'latency', ms: 2_000 } }, 'retrying', 'timeout'],
  ['no answer', { action: { type: 'timeout' } }, 'retrying', 'timeout'],
  ['a reset', { action: { type: 'reset' } }, 'retrying', /^[A-Z_]+$|network/],
  [
    'a cut after the events were taken',
    { action: { type: 'process_then_cut' } },
    'retrying',
    /^[A-Z_]+$|network/,
  ],
  ['a drip', { action: { type: 'slow_loris', everyMs: 100 } }, 'retrying', 'timeout'],
  ['an answer cut in its middle', { action: { type: 'malformed' } }, 'retrying', 'http_200'],
  [
    'a yes to none',
    { action: { type: 'received', events_received: 0 } },
    'retrying',
    'events_received_mismatch',
  ],
  ['throttling', { preset: 'rate-limit' }, 'throttled', /^meta_/],
  ['an expired token', { preset: 'token-expired' }, 'paused', /^meta_190/],
  ['a missing permission', { preset: 'permission' }, 'paused', /^meta_/],
  ['an unknown dataset', { preset: 'unknown-dataset' }, 'paused', 'meta_100_33'],
])('keeps every event through %s', async (_name, fault, state, code) => {
  const { capi, log } = client(code === 'timeout' ? 250 : undefined)
  const end = emulator.fail(fault)
  const ids = Array.from({ length: EVENTS }, (_one, n) => `order.${n}`)
  await Promise.all(ids.map((event_id) => capi.track('Lead', {}, { ...page, ...person, event_id })))
  const pixel = async () => (await capi.stats()).pixels[PIXEL]
  await expect.poll(async () => (await pixel())?.state, { timeout: 20_000 }).toBe(state)
  expect((await pixel())?.cause?.code).toMatch(code)
  expect(await sum(capi)).toEqual({ tracked: EVENTS, delivered: 0, queued: EVENTS, lost: 0 })
  end()
  if (state === 'retrying') {
    await capi.flush({ timeoutMs: 20_000 })
    expect(await sum(capi)).toEqual({ tracked: EVENTS, delivered: EVENTS, queued: 0, lost: 0 })
    const taken = emulator.events({ status: 'processed' })
    expect(new Set(taken.map((event) => event.event_id))).toEqual(new Set(ids))
  }
  expect(log.join()).not.toMatch(/muster|secret-token/i)
  await capi.close({ timeoutMs: 0 })
})

it('counts what was taken and cut apart: the same events again, under the same ids', async () => {
  const { capi } = client()
  emulator.fail({ action: { type: 'process_then_cut' }, times: 1 })
  await Promise.all(
    ['a', 'b', 'c'].map((event_id) => capi.track('Lead', {}, { ...page, ...person, event_id })),
  )
  await capi.flush({ timeoutMs: 20_000 })
  expect(await sum(capi)).toEqual({ tracked: 3, delivered: 3, queued: 0, lost: 0 })
  const ids = emulator.events().map((event) => event.event_id)
  expect(ids).toHaveLength(6)
  expect(new Set(ids)).toEqual(new Set(['a', 'b', 'c']))
  await capi.close()
})

it('loses nothing to a Meta that fails four times in ten, in every way there is', async () => {
  const { capi } = client(1_000)
  const ends = (['outage', 'flaky', 'slow'] as const).map((preset) =>
    emulator.fail({ preset, probability: 0.2 }),
  )
  for (let n = 0; n < 300; n++)
    await capi.track('Lead', {}, { ...page, ...person, event_id: `flaky.${n}` })
  await capi.flush({ timeoutMs: 1_500 })
  for (const end of ends) end()
  await capi.flush({ timeoutMs: 20_000 })
  expect(await sum(capi)).toEqual({ tracked: 300, delivered: 300, queued: 0, lost: 0 })
  const taken = emulator.events({ status: 'processed' })
  expect(new Set(taken.map((event) => event.event_id)).size).toBe(300)
  await capi.close()
})
