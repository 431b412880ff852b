import { describe, expect, it } from 'vitest'
import { createEmulator } from '../../src/index.ts'
import { EVENT_RULES } from '../../src/rules/event-rules.ts'
import { event, NOW_SEC, now, post, refusal } from '../support.ts'
import { EVENT_CASES } from './event-cases.ts'

const PAIRS = EVENT_CASES.flatMap(({ rule, subcode, pairs }) =>
  pairs.map(([broken, kept]) => ({ rule, subcode, broken, kept })),
)

describe('the rules about an event', () => {
  it.each(PAIRS)('$rule refuses what breaks it (case %#)', async ({ rule, subcode, broken }) => {
    const answer = await refusal(await post(createEmulator({ now }), { data: [broken] }))
    expect(answer).toMatchObject({
      status: 400,
      rule,
      error: { code: 100, type: 'OAuthException', is_transient: false },
    })
    expect(answer.error['error_subcode']).toBe(subcode)
    expect(answer.error['fbtrace_id']).toMatch(/^A/)
    expect(answer.text).toMatch(/\$\['data'\]\[0\]/)
  })

  it.each(PAIRS)('$rule lets the nearest good payload pass (case %#)', async ({ kept }) => {
    const response = await post(createEmulator({ now }), { data: [kept] })
    expect(await response.json()).toMatchObject({ events_received: 1 })
    expect(response.status).toBe(200)
  })

  it('has a pair for every rule, and no rule twice', () => {
    const rules = EVENT_RULES.map(({ id, subcode }) => ({ id, subcode }))
    expect(EVENT_CASES.map(({ rule, subcode }) => ({ id: rule, subcode }))).toEqual(
      expect.arrayContaining(rules),
    )
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length)
    expect(EVENT_CASES.every(({ pairs }) => pairs.length > 0)).toBe(true)
  })

  it.each([
    ['an event_time some minutes ahead', event({ event_time: NOW_SEC + 240 })],
    ['a website event without page and user agent', event({ event_source_url: undefined })],
    ['a store event without a value', event({ action_source: 'physical_store' })],
    ['LDU without country and state', event({ data_processing_options: ['LDU'] })],
    ['an unknown key in custom_data', event({ custom_data: { shoe_size: 44 } })],
    ['a malformed fbp', event({ user_data: { fbp: 'nonsense' } })],
    ['an fbc whose click is long over', event({ user_data: { fbc: 'fb.1.1597698245670.IwAR' } })],
  ])('takes %s, which Meta is not known to refuse', async (_what, payload) => {
    expect((await post(createEmulator({ now }), { data: [payload] })).status).toBe(200)
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
    const both = event({ event_time: NOW_SEC - 8 * 86_400, user_data: { client_user_agent: 'M' } })
    const answer = await refusal(await post(createEmulator({ now }), { data: [both] }))
    expect(answer.rule).toBe('event_time_too_old')
  })
})
