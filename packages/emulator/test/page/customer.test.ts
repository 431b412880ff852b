import { createHash } from 'node:crypto'
import { hashUserData } from '@capi/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as core from '../../page/src/core/rules-of-core.ts'
import { checkPlaintext } from '../../page/src/model/check-plaintext.ts'
import { comparePair } from '../../page/src/model/compare-pair.ts'
import { customerKeys } from '../../page/src/model/customer-findings.ts'
import { createEmulator } from '../../src/index.ts'
import { HASH, NOW_SEC, now, post } from '../support.ts'
import { captured } from './events.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const check = (key: string, text: string, hash: string) => checkPlaintext({ key, text, hash }, core)

describe('the table of customer information', () => {
  const rowsOf = async (user_data: object) => {
    const emulator = createEmulator({ now })
    const event = {
      event_name: 'Lead',
      event_time: NOW_SEC,
      action_source: 'website',
      event_source_url: 'https://shop.example/',
      user_data: { client_user_agent: 'Mozilla/5.0', external_id: 'c1', ...user_data },
    }
    await post(emulator, { data: [event] })
    const [kept] = emulator.events()
    return kept ? customerKeys(kept) : []
  }

  it.each([
    ['em', ''],
    ['em', sha256('')],
    ['em', HASH.toUpperCase()],
    ['em', 'jane@example.com'],
    ['em', 'd41d8cd98f00b204e9800998ecf8427e'],
    ['em', []],
    ['ph', sha256('null')],
    ['fn', ['Jane', HASH]],
    ['client_ip_address', '999.1.1.1'],
    ['client_ip_address', '192.168.0.7'],
    ['client_user_agent', 7],
    ['fbc', `fb.1.${now() - 100 * 86_400_000}.AbC`],
    ['fbc', `fb.1.${NOW_SEC}.AbC`],
    ['fbp', HASH],
    ['lead_id', 'abc'],
    ['lead_id', 12345],
    ['emial', HASH],
  ])('has a finding at %s: %j', async (key, value) => {
    const rows = await rowsOf({ [key]: value })
    expect(rows.find((row) => row.key === key)?.findings).not.toEqual([])
    const others = rows.filter((row) => row.key !== key)
    expect(others.flatMap(({ findings }) => findings)).toEqual([])
  })

  it.each([
    ['em', HASH],
    ['em', [HASH, `${HASH}.AQYBAQAA`]],
    ['external_id', 'customer-42'],
    ['fbc', `fb.1.${now() - 5000}.AbC`],
    ['fbp', `fb.1.${now() - 5000}.1098115397`],
    ['client_ip_address', '203.0.113.7'],
    ['client_ip_address', '2001:db8::1'],
    ['lead_id', '123456789012345'],
  ])('has none at %s: %j', async (key, value) => {
    expect((await rowsOf({ [key]: value })).flatMap(({ findings }) => findings)).toEqual([])
  })

  it('says once what a refusal and an issue say in the same words', async () => {
    const rows = await rowsOf({ em: 'jane@example.com' })
    expect(rows.find(({ key }) => key === 'em')?.findings).toHaveLength(1)
  })

  it('is at home with hostile keys', async () => {
    const rows = await rowsOf(JSON.parse('{"__proto__":"x","constructor":"y","jane@x.de":"z"}'))
    expect(rows.map(({ key, findings }) => [key, findings.length])).toContainEqual(['jane@x.de', 1])
  })
})

describe('a plaintext', () => {
  it.each([
    ['em', ' Jane@Example.com '],
    ['em', 'jane@example.com'],
    ['ph', '+49 (0)151 23456789'],
    ['ph', '+49 151 234-567-89'],
    ['ph', '0049 151 23456789'],
    ['fn', 'Zoë'],
    ['fn', ' Anna Maria '],
    ['ln', 'O’Neil'],
    ['ge', 'Female'],
    ['ge', 'm'],
    ['db', '12/31/1990'],
    ['db', '1990-12-31'],
    ['ct', 'San Francisco'],
    ['ct', 'Zürich'],
    ['st', 'California'],
    ['zp', '94025-1234'],
    ['country', 'Germany'],
    ['external_id', ' Customer-42 '],
  ])('%s %j is found behind the hash that core makes of it', (key, text) => {
    const [hash = ''] = [hashUserData({ [key]: text }).user_data[key as 'em']].flat()
    expect(check(key, text, hash)).toEqual({ result: 'prepared' })
    expect(check(key, text, `${hash.toUpperCase()}.AQYBAQAA`).result).toBe('prepared')
  })

  it('is found whatever it is, and whatever country stood beside it', () => {
    const found = fc.record({
      key: fc.constantFrom('em', 'ph', 'fn', 'ln', 'ge', 'db', 'ct', 'st', 'zp', 'external_id'),
      text: fc.oneof(
        fc.string({ unit: 'grapheme' }),
        fc.emailAddress(),
        fc.stringMatching(/^(\+|00|0)?[1-9][0-9 /-]{5,14}$/),
        fc.constantFrom('Bayern', 'New York', 'SW1A 1AA', '8001', '94025-1234', 'w', '3/4/1988'),
      ),
      country: fc.constantFrom(undefined, 'DE', 'us', 'Switzerland', 'GB', 'CAN', 'jp'),
    })
    fc.assert(
      fc.property(found, ({ key, text, country }) => {
        const { user_data } = hashUserData({ [key]: text, country })
        for (const hash of [user_data[key as 'em'] ?? []].flat()) {
          // What is a hash already goes through core as it is.
          if (hash !== text.toLowerCase()) expect(check(key, text, hash).result).toBe('prepared')
        }
      }),
    )
  })

  it('names the country that it was read by', () => {
    const { user_data } = hashUserData({ ph: '079 123 45 67', country: 'CH' })
    const [hash = ''] = [user_data.ph].flat()
    expect(check('ph', '079 123 45 67', String(hash))).toEqual({
      result: 'prepared',
      country: 'CH',
    })
  })

  it('is said to have been hashed unprepared, and what core would hash', () => {
    expect(check('em', 'Jane@Example.com', sha256('Jane@Example.com'))).toEqual({
      result: 'as_typed',
      prepared: 'jane@example.com',
    })
    expect(check('emial', 'x', sha256('x'))).toEqual({ result: 'as_typed' })
  })

  it('is said not to match', () => {
    expect(check('em', 'john@example.com', HASH)).toEqual({ result: 'no_match' })
  })
})

describe('a pair', () => {
  const browser = captured({
    source: 'browser',
    payload: { event_name: 'Purchase', event_time: 1, custom_data: { value: '49.90' } },
  })
  const server = captured({
    payload: {
      event_name: 'purchase',
      event_time: 2,
      user_data: { em: HASH },
      custom_data: { value: 49.9 },
    },
  })
  const differing = (lines: ReturnType<typeof comparePair>) =>
    lines.filter(({ isSame }) => !isSame).map(({ path }) => path)

  it('is compared field by field, by the rule of the report', () => {
    const lines = comparePair(browser, server)
    expect(lines.map(({ path }) => path)).toEqual([
      'event_name',
      'event_time',
      'user_data.em',
      'custom_data.value',
    ])
    expect(differing(lines)).toEqual(['event_name', 'user_data.em'])
  })

  it('shows two ids that are not one', () => {
    const withId = (half: typeof browser, event_id: string) => ({
      ...half,
      event_id,
      payload: { ...half.payload, event_id },
    })
    const lines = comparePair(withId(browser, 'O20'), withId(server, 'o20'))
    expect(differing(lines)).toEqual(['event_name', 'user_data.em', 'event_id'])
  })

  it('of which one half is gone shows what the report says', () => {
    const difference = { path: 'user_data.em', server: HASH }
    expect(comparePair(undefined, server, [difference])).toEqual([{ ...difference, isSame: false }])
  })
})
