import { createCapi, type SavedContext, type Scope } from '@capi/core'
import { createEmulator } from '@capi/emulator'
import { expect, it } from 'vitest'
import { sum } from '../core-tests.ts'

const EVENT = { event_id: 'lead.1', user_data: { em: 'anna@example.com' } }

/** What an earlier release put on a queue. Frozen: a change of it is another version. */
const SAVED: SavedContext = JSON.parse(
  '{"v":1,"action_source":"website","event_source_url":"https://shop.example/cart","user_data":{"client_user_agent":"a browser","fbp":"fb.1.1789400000000.7"}}',
)

function world() {
  const emulator = createEmulator()
  const log: string[] = []
  const logger = { warn: (line: string) => log.push(line), error: (line: string) => log.push(line) }
  const capi = createCapi({
    pixelId: '1234567890',
    accessToken: 'token',
    fetch: emulator.fetch,
    logger,
  })
  const tracked = async (scope: Scope) => {
    const receipt = await capi.with(scope as SavedContext).track('Lead', {}, EVENT)
    await capi.flush()
    return { receipt, events: emulator.events() }
  }
  return { capi, tracked, log, emulator }
}

it('of version 1 is read, and its version is no part of the event', async () => {
  const { tracked, log } = world()
  const { receipt, events } = await tracked(SAVED)
  expect(receipt).toEqual({ event_id: 'lead.1', outcome: 'accepted', issues: [] })
  expect(events).toMatchObject([
    { payload: { event_source_url: SAVED.event_source_url, user_data: SAVED.user_data } },
  ])
  expect(events[0]?.payload).not.toHaveProperty('v')
  expect(log).toEqual([])
})

it.each([2, 0, '1', null, true, {}])(
  'of version %j is no yes, whatever it says; this is logged once',
  async (v) => {
    const { capi, tracked, log } = world()
    const scope = { ...SAVED, v, consent: 'granted', pixelId: '1111111111' } as unknown as Scope
    for (const _ of [1, 2]) {
      const { receipt, events } = await tracked(scope)
      expect(receipt).toMatchObject({ outcome: 'dropped', reason: 'consent' })
      expect(events).toEqual([])
    }
    expect(log.filter((line) => line.includes('(context_version_unknown)'))).toHaveLength(1)
    expect(await sum(capi)).toMatchObject({ tracked: 2, lost: 2 })
  },
)

it('of an unknown version lends nothing to a later yes: no data, and no pixel', async () => {
  const { capi, emulator } = world()
  const unknown = { ...SAVED, v: 2 } as unknown as SavedContext
  const yes = { consent: 'granted', action_source: 'website' } as const
  const receipt = await capi.with(unknown).with(yes).track('Lead', {}, EVENT)
  await capi.flush()
  expect(receipt).toMatchObject({ outcome: 'dropped', reason: 'disabled' })
  expect(emulator.events()).toEqual([])
})
