import { createEmulator } from '@capi/emulator'
import { expect, it } from 'vitest'
import { CURRENCY_CODES } from '../src/custom-data/currency-table.ts'

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
  for (const currency of CURRENCY_CODES) {
    if ((await issuesOf({ value: 1, currency })).length > 0) strange.push(currency)
  }
  expect(strange).toEqual([])
})
