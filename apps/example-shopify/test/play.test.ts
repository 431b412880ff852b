import { createEmulator } from '@capi/emulator'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Played, playDay, type Row } from '../src/play-day.ts'
import { table } from '../src/table.ts'

let played: Played

beforeAll(async () => {
  const emulator = createEmulator()
  const { url } = await emulator.listen({ port: 0 })
  played = await playDay(url)
  await emulator.close()
})

function row(what: string): Row {
  const found = played.rows.find((one) => one.what === what)
  if (found === undefined) throw new Error(`Nothing was played as ${what}`)
  return found
}

describe('the day of a shop', () => {
  it.each([
    ['web, from an ad', 'tracked', 'Purchase', 'website', 57.9],
    ['web, ids in cart attributes', 'tracked', 'Purchase', 'website', 57.9],
    ['web, checkout started', 'tracked', 'InitiateCheckout', 'website', 57.9],
    ['web, ids from the web pixel', 'tracked', 'Purchase', 'website', 57.9],
    ['point of sale', 'tracked', 'Purchase', 'physical_store', 57.9],
    ['draft order, by phone', 'tracked', 'Purchase', 'other', 57.9],
    ['paid in another currency', 'tracked', 'Purchase', 'website', 57.9],
    ['guest without e-mail', 'tracked', 'Purchase', 'website', 57.9],
    // The client's baseUrl is the emulator's.
    ['test payment', 'tracked', 'Purchase', 'website', 57.9],
    ['bank transfer, money came', 'tracked', 'Purchase', 'website', 57.9],
    ['reordered: then created', 'tracked', 'Purchase', 'website', 57.9],
    ['45 lines', 'tracked', 'Purchase', 'website', 450],
    ['delivered', 'tracked', 'Purchase', 'website', 57.9],
    ['refund', 'tracked', 'OrderRefunded', 'other', 49.9],
  ])('%s: an event', (what, answer, event_name, action_source, value) => {
    expect(row(what)).toMatchObject({
      status: 200,
      answer,
      event: {
        event_name,
        status: 'processed',
        payload: { action_source, custom_data: { value, currency: 'CHF' } },
      },
    })
  })

  it.each([
    ['web, shopper said no', 200, 'consent'],
    ['subscription renewal', 200, 'renewal'],
    ['bank transfer, unpaid', 200, 'pending'],
    ['cancelled at once', 200, 'cancelled'],
    ['reordered: paid comes first', 200, 'not_pending'],
    ['delivered again, same id', 200, 'duplicate'],
    ['delivered again, another id', 200, 'duplicate'],
    ['forged signature', 401, 'invalid_hmac'],
    ['product edited', 200, 'unsupported_topic'],
    ['customer to be forgotten', 200, 'acknowledged'],
    ['app uninstalled', 200, 'acknowledged'],
  ])('%s: no event', (what, status, answer) => {
    expect(row(what)).toMatchObject({ status, answer, event: undefined })
  })

  it('knows the browser by the landing page, the attributes or the web pixel', () => {
    const keysOf = (what: string) => Object.keys(row(what).event?.payload.user_data ?? {})
    expect(keysOf('web, from an ad')).toContain('fbc')
    expect(keysOf('web, from an ad')).not.toContain('fbp')
    expect(keysOf('web, ids in cart attributes')).toEqual(expect.arrayContaining(['fbp', 'fbc']))
    expect(keysOf('web, ids from the web pixel')).toEqual(expect.arrayContaining(['fbp', 'fbc']))
    for (const ofStaff of ['point of sale', 'draft order, by phone']) {
      expect(keysOf(ofStaff)).not.toContain('client_ip_address')
      expect(keysOf(ofStaff)).not.toContain('client_user_agent')
    }
  })

  it('sends neither the key of an order page nor a raw value of a person', () => {
    const sent = JSON.stringify(played.rows.map(({ event }) => event))
    expect(sent).not.toMatch(/a-key-that-must-not-leave|authenticate|anna\.muster|Muster/)
  })

  it('counts everything: what was tracked was delivered', () => {
    const { tracked, delivered, queued, dropped } = played.stats
    const answered = played.rows.filter(({ answer }) => answer === 'tracked').length
    expect({ tracked, delivered, queued }).toEqual({
      tracked: answered,
      delivered: answered,
      queued: 0,
    })
    expect(Object.values(dropped).every((count) => count === 0)).toBe(true)
  })

  it('shows as a table with a line for each delivery', () => {
    const lines = table(played.rows).split('\n')
    expect(lines).toHaveLength(played.rows.length + 1)
    expect(lines[1]).toMatch(
      /^web, from an ad +orders\/create +200 tracked +Purchase +website +57.9 CHF/,
    )
    expect(table(played.rows)).toContain('customers/redact  200 acknowledged')
  })
})
