import { buildEvent, createCapi, type EventInput } from '@capi/core'
import { createEmulator } from '@capi/emulator'
import { messyOrders } from '@capi/testing'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { app, hash, lead } from './core-tests.ts'

/** The emulator judges by Meta's rules and shares none with core: what core lets through, it must take. */
const emulator = createEmulator({ max: 20_000 })
const now = Date.now()

async function judge(events: readonly unknown[]): Promise<unknown> {
  const response = await emulator.fetch('https://graph.facebook.com/v27.0/1234567890/events', {
    method: 'POST',
    headers: { authorization: 'Bearer token', 'content-type': 'application/json' },
    body: JSON.stringify({ data: events }),
  })
  return response.json()
}

it('takes all of 10,000 messy orders', async () => {
  const orders = messyOrders(10_000, { seed: 3, defective: 0.25 })
  const events = orders.map(({ id, user_data, custom_data }) => {
    const input = {
      ...lead,
      event_name: 'Purchase',
      event_id: `order.${id}`,
      user_data,
      custom_data,
    }
    return buildEvent(input as unknown as EventInput, { nowMs: now }).event
  })
  for (let from = 0; from < events.length; from += 1_000) {
    expect(await judge(events.slice(from, from + 1_000))).toMatchObject({ events_received: 1_000 })
  }
})

it('takes an MD5 hash, as core passes it on with a warning', async () => {
  const { event } = buildEvent(
    { ...lead, user_data: { em: '5d41402abc4b2a76b9719d911017c592' } } as never,
    { nowMs: now },
  )
  expect(await judge([event])).toMatchObject({ events_received: 1 })
})

it('takes whatever else core builds', async () => {
  const anything = fc.anything({ withBigInt: true, withDate: true, withNullPrototype: true })
  const keys = [
    'event_name',
    'event_time',
    'event_id',
    'user_data',
    'custom_data',
    'app_data',
    'opt_out',
    'data_processing_options',
    'original_event_data',
    'event_source_url',
    'x',
  ]
  const custom = fc.dictionary(
    fc.constantFrom('value', 'currency', 'contents', 'content_ids', 'own'),
    anything,
  )
  const person = fc.dictionary(
    fc.constantFrom('em', 'ph', 'fn', 'ge', 'db', 'zp', 'country', 'external_id', 'fbp', 'y'),
    anything,
  )
  const name = fc.constantFrom('Purchase', 'Lead', 'AddToCart', 'Mine')
  await fc.assert(
    fc.asyncProperty(
      fc.dictionary(fc.constantFrom(...keys), anything),
      custom,
      person,
      name,
      async (more, custom_data, user_data, event_name) => {
        for (const base of [lead, app]) {
          const input = {
            ...base,
            custom_data,
            event_name,
            user_data: { ...base.user_data, ...user_data },
            ...more,
          }
          const { event } = buildEvent(input as never, { nowMs: now })
          if (event !== undefined)
            expect(await judge([event])).toMatchObject({ events_received: 1 })
        }
      },
    ),
    { numRuns: 500 },
  )
})

it('takes an event of every channel, over HTTP', async () => {
  const server = await emulator.listen({ port: 0 })
  const capi = createCapi({ pixelId: '1234567890', accessToken: 'token', baseUrl: server.url })
  const value = { value: 12.5, currency: 'EUR' } as const
  const em = hash
  const result = await capi.send([
    {
      event_name: 'Purchase',
      action_source: 'website',
      event_source_url: 'https://s.example/',
      user_data: { em, client_user_agent: 'UA/1' },
      custom_data: value,
    },
    {
      event_name: 'Purchase',
      action_source: 'app',
      user_data: { madid: 'a', em },
      custom_data: value,
      app_data: {
        advertiser_tracking_enabled: false,
        extinfo: { version: 'a2', os_version: '14' },
      },
    },
    {
      event_name: 'Purchase',
      action_source: 'physical_store',
      event_time: Math.floor(now / 1000) - 60 * 86_400,
      user_data: { em },
      custom_data: { ...value, order_id: 'a' },
    },
    {
      event_name: 'Purchase',
      action_source: 'business_messaging',
      messaging_channel: 'whatsapp',
      user_data: { ctwa_clid: 'a', page_id: '1' },
      custom_data: value,
    },
    {
      event_name: 'AddToCart',
      action_source: 'business_messaging',
      messaging_channel: 'messenger',
      user_data: { page_id: '1', page_scoped_user_id: '2' },
    },
    {
      event_name: 'Qualified',
      action_source: 'system_generated',
      user_data: { lead_id: '1234567890123456' },
      custom_data: { event_source: 'crm', lead_event_source: 'Acme' },
    },
    { event_name: 'Lead', action_source: 'phone_call', user_data: { ph: '+41 79 123 45 67' } },
  ])
  expect(result).toMatchObject({
    events_received: 7,
    receipts: result.receipts.map(() => ({ outcome: 'delivered', issues: [] })),
  })
  await emulator.close()
})
