import { describe, expect, it } from 'vitest'
import { DIAGNOSTICS } from '../../src/analysis/diagnostic-catalog.ts'
import { eventIssues } from '../../src/analysis/event-issues.ts'
import { HASH, NOW_SEC, now } from '../support.ts'
import { CASES } from './event-issue-cases.ts'

type Json = Record<string, unknown>

/** An event without a flaw. */
const flawless: Json = {
  event_name: 'PageView',
  event_time: NOW_SEC,
  action_source: 'website',
  event_source_url: 'https://shop.example/',
  user_data: { em: HASH, client_user_agent: 'Mozilla/5.0' },
}

function found(changes: Json, source: 'server' | 'browser' = 'server') {
  return eventIssues({ ...flawless, ...changes }, { nowMs: now(), source })
}

describe('the findings about one event', () => {
  it('are none when the event is without a flaw', () => {
    expect(found({})).toEqual([])
    expect(found({}, 'browser')).toEqual([])
  })

  it.each(CASES)(
    'has %s at %s, and not in the nearest event without it (%#)',
    (rule, path, bad, good) => {
      expect(found(bad)).toContainEqual(expect.objectContaining({ rule, path }))
      expect(found(bad).find((one) => one.rule === rule)?.severity).toBe(DIAGNOSTICS[rule].severity)
      expect(found(good).filter((one) => one.rule === rule)).toEqual([])
    },
  )

  it('never repeat a value', () => {
    const secret = 'jane.secret@example.com'
    const text = JSON.stringify(
      found({
        event_name: 'Purchase',
        event_source_url: `https://shop.example/?email=${secret}`,
        user_data: {
          em: secret,
          fn: 'jane secret',
          fbc: 'secret',
          client_ip_address: 'secret',
          [secret]: '',
        },
        custom_data: { [secret]: secret, email: secret, value: 'secret', currency: 'secret' },
      }),
    )
    expect(text).toContain('personal_data')
    expect(text).not.toContain('secret')
  })

  it('do not ask of a browser what only a server sends', () => {
    expect(found({ user_data: {}, event_source_url: undefined }, 'browser')).toEqual([])
  })

  it.each([
    [{ user_data: 'text', custom_data: [1] }],
    [{ user_data: null, custom_data: null, event_time: 'x', event_source_url: 5 }],
    [
      {
        custom_data: {
          contents: 'x',
          value: {},
          a: { b: { c: { d: { e: { f: { g: { h: 1 } } } } } } },
        },
      },
    ],
    [{ custom_data: { note: `${'a'.repeat(200_000)}@` } }],
  ])('survive a payload of the wrong form (%#)', (changes) => {
    expect(() => found(changes)).not.toThrow()
  })
})
