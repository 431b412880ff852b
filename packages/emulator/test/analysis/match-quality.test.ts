import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { estimateMatchQuality } from '../../src/analysis/estimate.ts'
import type { CapturedEvent } from '../../src/index.ts'
import { HASH, now } from '../support.ts'
import { FBP, scene } from './support.ts'

type Json = Record<string, unknown>

const VALUES: Readonly<Record<string, unknown>> = {
  client_ip_address: '203.0.113.7',
  client_user_agent: 'Mozilla/5.0',
  fbp: FBP,
  fbc: `fb.1.${now() - 1}.AbC`,
  external_id: 'customer-1',
  fb_login_id: '123',
}

const having = (...keys: readonly string[]): Json =>
  Object.fromEntries(keys.map((key) => [key, VALUES[key] ?? HASH]))

const eventWith = (userData: Json): CapturedEvent => ({
  id: 1,
  call: 1,
  received_at: now(),
  source: 'server',
  status: 'processed',
  pixel_id: '42',
  event_name: 'PageView',
  payload: { user_data: userData },
})

const scoreOf = (...userData: readonly Json[]) =>
  estimateMatchQuality(userData.map(eventWith)).score

const BASE = ['client_ip_address', 'client_user_agent']
const CHECKOUT = [
  ...BASE,
  'fbp',
  'external_id',
  'em',
  'ph',
  'fn',
  'ln',
  'ct',
  'st',
  'zp',
  'country',
]
const EVERYTHING = [...CHECKOUT, 'fbc', 'fb_login_id', 'db', 'ge']

describe('the estimate of match quality', () => {
  it('counts a click for 90 days', () => {
    const DAY_MS = 86_400_000
    const clicked = (agoMs: number) => scoreOf({ fbc: `fb.1.${now() - agoMs}.AbC` })
    expect(clicked(90 * DAY_MS)).toBeGreaterThan(0)
    expect(clicked(90 * DAY_MS)).toBe(clicked(0))
    // A minute beyond: the two moments of now() are not the same.
    expect(clicked(90 * DAY_MS + 60_000)).toBe(0)
  })

  // The last column is what the research note gives for the same keys; it rounds a little differently.
  it.each([
    ['address and agent', BASE, 3.1, 3.1],
    ['and fbp', [...BASE, 'fbp'], 5.1, 5.0],
    ['and external_id', [...BASE, 'fbp', 'external_id'], 6.5, 6.4],
    ['email and address', ['em', 'client_ip_address'], 6.1, 6.1],
    ['email, address, agent and fbp', ['em', ...BASE, 'fbp'], 7.5, 7.4],
    ['agent and external_id', ['client_user_agent', 'external_id'], 3.8, 3.8],
    ['a full checkout', CHECKOUT, 9.3, 9.3],
    ['everything on a website', EVERYTHING, 9.8, 9.8],
  ])('is for %s', (_what, keys, score, noted) => {
    expect(scoreOf(having(...keys))).toBe(score)
    expect(Math.abs(score - noted)).toBeLessThan(0.15)
  })

  it('is 0 for nothing', () => {
    expect(scoreOf({})).toBe(0)
    expect(scoreOf()).toBe(0)
  })

  it('counts a key by how many events carry it', () => {
    expect(scoreOf(having('em'), {})).toBe(2.5)
  })

  it.each([
    ['a short hash', { em: HASH.slice(1) }],
    ['a hash in upper case', { em: HASH.toUpperCase() }],
    ['the hash of nothing', { em: createHash('sha256').update('').digest('hex') }],
    ['a private address', { client_ip_address: '192.168.1.1' }],
    ['a bot', { client_user_agent: 'Googlebot/2.1' }],
    ['an fbp of another form', { fbp: 'x' }],
    ['a click older than 90 days', { fbc: `fb.1.${now() - 91 * 86_400_000}.AbC` }],
  ])('does not count %s', (_what, userData) => {
    expect(scoreOf(userData)).toBe(0)
  })

  it('shows what each key adds, what is usable, and what would help most', () => {
    const { band, keys, next_best } = estimateMatchQuality([
      eventWith(having('em', 'client_ip_address')),
      eventWith({ em: 'x', ...having('client_ip_address') }),
    ])
    expect(band).toBe('ok')
    expect(keys).toMatchObject([
      { key: 'em', coverage: 100, valid: 50 },
      { key: 'client_ip_address', coverage: 100, valid: 100 },
    ])
    const sum = keys.reduce((all, { points }) => all + points, 0)
    expect(sum).toBeCloseTo(
      scoreOf(having('em', 'client_ip_address'), having('client_ip_address')),
      0,
    )
    expect(next_best[0]).toEqual({ key: 'fbc', points: 2.3 })
    expect(next_best.map(({ key }) => key)).not.toContain('lead_id')
  })
})

describe('the quality of events', () => {
  it('is reported for each name: counts, coverage, keys and freshness', async () => {
    const { emulator, browser, server, nowSec } = scene()
    await browser({ eid: 'a', fbp: FBP })
    await browser({ eid: 'b' })
    await server({ event_id: 'a', event_time: nowSec() - 30 })
    await server({ event_id: 'c', event_time: nowSec() - 7200, user_data: { fbp: FBP } })
    await server({ action_source: 'web' })
    expect(emulator.quality()).toMatchObject([
      {
        event_name: 'PageView',
        events: { browser: 2, server: 2 },
        event_coverage: { percentage: 50, goal_percentage: 75 },
        dedup_keys: [
          { key: 'event_id', browser: 100, server: 100, overlap: 50 },
          { key: 'external_id', browser: 0, server: 0, overlap: 0 },
          { key: 'fbp', browser: 50, server: 50, overlap: 100 },
        ],
        freshness: { upload_frequency: 'hourly', mean_delay_sec: 3615, histogram: [1, 0, 1, 0, 0] },
      },
    ])
  })

  it('has no coverage without browser events', async () => {
    const { emulator, server } = scene()
    await server()
    expect(emulator.quality()[0]?.event_coverage).toBeNull()
  })

  it('does not let one server event cover several browser events', async () => {
    const { emulator, browser, server } = scene()
    await browser({ fbp: FBP })
    await browser({ fbp: FBP })
    await server({ user_data: { fbp: FBP } })
    expect(emulator.quality()[0]?.event_coverage?.percentage).toBe(50)
  })
})
