import diagnostics from 'node:diagnostics_channel'
import { expect, expectTypeOf, it, onTestFinished } from 'vitest'
import type { CapiChannels } from '../src/index.ts'
import { createCapi } from '../src/index.ts'

// Dashboards and tracers subscribe to these names: channels and keys may be added, none goes or changes its meaning.

it('channels keep their names and keys', async () => {
  const heard: [name: string, keys: string[]][] = []
  for (const name of ['capi:request', 'capi:settle']) {
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
    ['capi:settle', ['events', 'reason', 'result']],
    [
      'capi:request',
      ['code', 'durationMs', 'events', 'fbtrace_id', 'pixelId', 'status', 'verdict'],
    ],
    ['capi:settle', ['events', 'pixelId', 'result']],
  ])
})

it('are typed by their names', () => {
  expectTypeOf<keyof CapiChannels>().toEqualTypeOf<'capi:request' | 'capi:settle'>()
})
