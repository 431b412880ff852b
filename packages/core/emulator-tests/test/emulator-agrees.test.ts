import { createEmulator } from '@capi/emulator'
import { expect, it } from 'vitest'
// @boundaries-ignore the tables that are compared have no public names
import { currencies, minorUnits } from '../../src/custom-data/currency-table.ts'
// @boundaries-ignore as above
import { warningForName } from '../../src/event/event-name.ts'

/** Rules that core and its judge keep apart, each from its own source, and that must say the same. */
async function issuesOf(custom_data: object, event_name = 'Lead'): Promise<readonly string[]> {
  const { fetch, events } = createEmulator()
  const event = {
    event_name,
    event_time: Math.floor(Date.now() / 1000),
    action_source: 'other',
    user_data: { external_id: 'customer-1' },
    custom_data,
  }
  const response = await fetch('https://graph.facebook.com/v26.0/1/events', {
    method: 'POST',
    headers: { authorization: 'Bearer any', 'content-type': 'application/json' },
    body: JSON.stringify({ data: [event] }),
  })
  expect(response.status).toBe(200)
  return events()[0]?.issues?.map(({ rule }) => rule) ?? []
}

it('knows the currencies that the emulator knows', async () => {
  const strange: string[] = []
  for (const currency of currencies().keys()) {
    if ((await issuesOf({ value: 1, currency })).length > 0) strange.push(currency)
  }
  expect(strange).toEqual([])
})

it('gives each currency the smallest coin that the emulator gives it', async () => {
  const strange: string[] = []
  for (const currency of currencies().keys()) {
    const coin = 10 ** -minorUnits(currency)
    // One coin is forgiven, two are not.
    for (const [coins, expected] of [
      [1, []],
      [2, ['value_not_sum']],
    ] as const) {
      const contents = [{ id: 'a', quantity: 1, item_price: 10 }]
      const found = await issuesOf({ value: 10 + coins * coin, currency, contents })
      if (found.join() !== expected.join()) strange.push(`${currency}: ${coins} ${found.join()}`)
    }
  }
  expect(strange).toEqual([])
})

it.each([
  'Purchase',
  'Purchas',
  'purchase',
  'Purchase2',
  'AddToCard',
  'add_to_cart',
  'AddToChart',
  'Leads',
  'Load',
  'Contacts',
  'Contacted',
  'Contract',
  'Scheduled',
  'Reschedule',
  'Unsubscribe',
  'ViewContents',
  'ViewContact',
  'ViewContest',
  'FindVacation',
  'StartTrip',
])('finds a standard event meant by %s, or not, as the emulator does', async (name) => {
  const found = (await issuesOf({ content_ids: ['a'], value: 1, currency: 'EUR' }, name)).includes(
    'event_name_resembles',
  )
  expect(found).toBe(warningForName(name) !== undefined)
})
