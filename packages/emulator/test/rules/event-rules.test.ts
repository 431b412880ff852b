import { describe, expect, it } from 'vitest'
import { createEmulator } from '../../src/index.ts'
import { EVENT_RULES } from '../../src/rules/rules.ts'
import { event, HASH, NOW_SEC, now, post, purchase, refusal } from '../support.ts'

const DAY = 86_400

/** Each payload that breaks a rule stands beside the nearest one that keeps it. */
const CASES = [
  [
    'event_key_unknown',
    2804019,
    event({ advertiser_tracking_enabled: true }),
    event({ app_data: { advertiser_tracking_enabled: true } }),
  ],
  ['event_key_unknown', 2804019, event({ extinfo: [] }), event({ opt_out: true })],
  ['event_name_missing', 2804019, event({ event_name: undefined }), event({ event_name: 'x' })],
  ['event_name_missing', 2804019, event({ event_name: '  ' }), event({ event_name: ' x' })],
  ['event_time_invalid', 2804003, event({ event_time: undefined }), event()],
  [
    'event_time_invalid',
    2804003,
    event({ event_time: NOW_SEC + 0.5 }),
    event({ event_time: NOW_SEC + 1 }),
  ],
  ['event_time_invalid', 2804003, event({ event_time: String(NOW_SEC) }), event()],
  [
    'event_time_invalid',
    2804003,
    event({ event_time: NOW_SEC - 7 * DAY - 1 }),
    event({ event_time: NOW_SEC - 7 * DAY }),
  ],
  [
    'event_time_invalid',
    2804003,
    event({ action_source: 'physical_store', event_time: NOW_SEC - 62 * DAY - 1 }),
    event({ action_source: 'physical_store', event_time: NOW_SEC - 62 * DAY }),
  ],
  [
    'action_source_invalid',
    2804019,
    event({ action_source: undefined }),
    event({ action_source: 'other' }),
  ],
  [
    'action_source_invalid',
    2804019,
    event({ action_source: 'web' }),
    event({ action_source: 'website' }),
  ],
  ['user_data_missing', 2804019, event({ user_data: undefined }), event()],
  ['user_data_missing', 2804019, event({ user_data: [] }), event()],
  [
    'contents_invalid',
    2804008,
    event({ custom_data: { contents: '[{"id":"a"}]' } }),
    event({ custom_data: { contents: [{ id: 'a' }] } }),
  ],
  [
    'contents_invalid',
    2804008,
    event({ custom_data: { contents: ['a'] } }),
    event({ custom_data: { contents: [] } }),
  ],
  [
    'purchase_value_missing',
    2804009,
    purchase({ currency: 'EUR' }),
    purchase({ value: 0, currency: 'EUR' }),
  ],
  [
    'purchase_value_missing',
    2804009,
    event({ event_name: 'Purchase' }),
    event({ event_name: 'Lead' }),
  ],
  [
    'purchase_currency_missing',
    2804010,
    purchase({ value: 1 }),
    purchase({ value: '1.00', currency: 'eur' }),
  ],
  [
    'user_data_not_hashed',
    2804016,
    event({ user_data: { em: 'jane@example.com' } }),
    event({ user_data: { em: HASH.toUpperCase() } }),
  ],
  [
    'user_data_not_hashed',
    2804016,
    event({ user_data: { ph: [HASH, '16505551212'] } }),
    event({ user_data: { ph: [HASH, `${HASH}.AQQCAQIB`] } }),
  ],
  [
    'user_data_not_hashed',
    2804016,
    event({ user_data: { em: `${HASH}.AQQ` } }),
    event({ user_data: { em: `${HASH}.AQ` } }),
  ],
  [
    'user_data_not_hashed',
    2804016,
    event({ user_data: { em: HASH.slice(0, 31) } }),
    event({ user_data: { em: HASH.slice(0, 32) } }),
  ],
  [
    'user_data_not_hashed',
    2804016,
    event({ user_data: { fbp: 'fb.1.1.1', ge: 'f' } }),
    event({ user_data: { fbp: 'fb.1.1.1', external_id: 'raw-1' } }),
  ],
  [
    'identity_too_thin',
    2804050,
    event({ user_data: {} }),
    event({ user_data: { client_ip_address: '203.0.113.9' } }),
  ],
  [
    'identity_too_thin',
    2804050,
    event({ user_data: { client_user_agent: 'M' } }),
    event({ user_data: { client_user_agent: 'M', fbp: 'fb.1.1.1' } }),
  ],
  [
    'identity_too_thin',
    2804050,
    event({ user_data: { fn: HASH, ge: HASH } }),
    event({ user_data: { fn: HASH, ln: HASH } }),
  ],
  [
    'identity_too_thin',
    2804050,
    event({ user_data: { em: '', ph: [] } }),
    event({ user_data: { em: '', ph: [HASH] } }),
  ],
] as const

describe('the rules about an event', () => {
  it.each(CASES)(
    '%s refuses with 100/%i what breaks it (case %#)',
    async (rule, subcode, broken) => {
      const answer = await refusal(await post(createEmulator({ now }), { data: [broken] }))
      expect(answer).toMatchObject({
        status: 400,
        rule,
        error: { code: 100, error_subcode: subcode, type: 'OAuthException', is_transient: false },
      })
      expect(answer.error['fbtrace_id']).toMatch(/^A/)
    },
  )

  it.each(CASES)(
    '%s lets the nearest good payload pass (case %#)',
    async (_rule, _code, _broken, kept) => {
      const response = await post(createEmulator({ now }), { data: [kept] })
      expect(response.status).toBe(200)
      expect(await response.json()).toMatchObject({ events_received: 1, messages: [] })
    },
  )

  it('has a case for every rule', () => {
    expect(new Set(CASES.map(([rule]) => rule))).toEqual(new Set(EVENT_RULES.map(({ id }) => id)))
  })

  it('names the unexpected key and where it stands', async () => {
    const answer = await refusal(
      await post(createEmulator({ now }), { data: [event({ shoe_size: 44 })] }),
    )
    expect(answer.error['error_user_msg']).toContain(
      `Unexpected key "shoe_size" on param "$['data'][0]"`,
    )
  })

  it('never repeats a value in a refusal', async () => {
    const answer = await refusal(
      await post(createEmulator({ now }), {
        data: [event({ user_data: { em: 'jane@example.com' } })],
      }),
    )
    expect(answer.text).toContain(`$['data'][0]['user_data']['em']`)
    expect(answer.text).not.toContain('jane')
  })

  it('blames the age of an event that is both too old and too thin', async () => {
    const both = event({ event_time: NOW_SEC - 8 * DAY, user_data: { client_user_agent: 'M' } })
    const answer = await refusal(await post(createEmulator({ now }), { data: [both] }))
    expect(answer.rule).toBe('event_time_invalid')
  })
})
