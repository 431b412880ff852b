import diagnostics from 'node:diagnostics_channel'
import { expect, expectTypeOf, it, onTestFinished } from 'vitest'
import type { CapiChannels } from '../src/index.ts'
import { createCapi } from '../src/index.ts'
import { systemClock } from '../src/runtime/clock.ts'

// Dashboards and tracers subscribe to these names: channels and keys may be added, none goes or changes its meaning.

it('channels keep their names and keys', async () => {
  const heard: [name: string, keys: string[]][] = []
  for (const name of ['capi:track', 'capi:issue', 'capi:request', 'capi:settle']) {
    const listener = (message: unknown) => heard.push([name, Object.keys(message as object).sort()])
    diagnostics.subscribe(name, listener)
    onTestFinished(() => void diagnostics.unsubscribe(name, listener))
  }
  const capi = createCapi({
    pixelId: '1234567890',
    accessToken: 'token',
    fetch: async () => new Response('{"events_received":1,"messages":[],"fbtrace_id":"A"}'),
  })
  await capi.track('Lead', {}, { action_source: 'chat', user_data: { external_id: 7 } })
  await capi.track('Lead', {}, { action_source: 'chat', user_data: {} })
  await capi.close()
  expect(heard).toEqual([
    ['capi:track', []],
    ['capi:issue', ['code', 'severity']],
    ['capi:settle', ['events', 'reason', 'result']],
    [
      'capi:request',
      ['code', 'durationMs', 'events', 'fbtrace_id', 'host', 'pixelId', 'status', 'verdict'],
    ],
    ['capi:settle', ['events', 'oldestEventMs', 'pixelId', 'result']],
  ])
})

it('are typed by their names', () => {
  expectTypeOf<keyof CapiChannels>().toEqualTypeOf<
    'capi:track' | 'capi:issue' | 'capi:request' | 'capi:settle'
  >()
})

const TRACE = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'

it.each([
  ['a traceparent comes back with the request that holds the event', TRACE, [TRACE]],
  ['what is no traceparent is left out', 'anna@example.com', undefined],
])('%s', async (_name, trace, traces) => {
  const heard: CapiChannels['capi:request'][] = []
  const set = (message: unknown) => {
    ;(message as CapiChannels['capi:track']).trace = trace
  }
  const listen = (message: unknown) => heard.push(message as CapiChannels['capi:request'])
  diagnostics.subscribe('capi:track', set)
  diagnostics.subscribe('capi:request', listen)
  onTestFinished(() => {
    diagnostics.unsubscribe('capi:track', set)
    diagnostics.unsubscribe('capi:request', listen)
  })
  const capi = createCapi({
    pixelId: '1234567890',
    accessToken: 'token',
    fetch: async () => new Response('{"events_received":2,"messages":[],"fbtrace_id":"A"}'),
  })
  const sale = { action_source: 'chat', user_data: { external_id: 7 } } as const
  await capi.track('Lead', {}, { ...sale, event_id: 'a' })
  await capi.track('Lead', {}, { ...sale, event_id: 'b' })
  await capi.close()
  expect(heard).toMatchObject([{ events: 2, host: 'graph.facebook.com' }])
  expect(heard[0]?.traces).toEqual(traces)
})

it('says how old the oldest delivered event is', async () => {
  const heard: CapiChannels['capi:settle'][] = []
  const listen = (message: unknown) => heard.push(message as CapiChannels['capi:settle'])
  diagnostics.subscribe('capi:settle', listen)
  onTestFinished(() => void diagnostics.unsubscribe('capi:settle', listen))
  const nowMs = Date.now()
  const capi = createCapi({
    pixelId: '1234567890',
    accessToken: 'token',
    clock: {
      now: () => nowMs,
      tick: () => performance.now(),
      after: (...given) => systemClock.after(...given),
    },
    fetch: async () => new Response('{"events_received":2,"messages":[],"fbtrace_id":"A"}'),
  })
  const sale = { action_source: 'chat', user_data: { external_id: 7 } } as const
  const nowSec = Math.floor(nowMs / 1_000)
  await capi.track('Lead', {}, { ...sale, event_id: 'a', event_time: nowSec - 90 })
  await capi.track('x","event_time":1,', {}, { ...sale, event_id: 'b', event_time: nowSec })
  await capi.close()
  expect(heard).toMatchObject([{ events: 2, oldestEventMs: nowMs - (nowSec - 90) * 1_000 }])
})
