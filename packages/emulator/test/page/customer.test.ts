import { describe, expect, it } from 'vitest'
import { checkPlaintext, sha256 } from '../../page/src/model/check-plaintext.ts'
import { comparePair } from '../../page/src/model/compare-pair.ts'
import { readCustomerValue } from '../../page/src/model/customer-keys.ts'
import { captured } from './events.ts'

const HASH = 'ab'.repeat(32)

describe('a customer key', () => {
  it.each([
    ['em', HASH, true, ''],
    ['em', `${HASH}.AQYBAQAA`, true, ''],
    ['em', HASH.toUpperCase(), true, 'Upper-case hex'],
    ['em', 'jane@example.com', false, 'Not a SHA-256'],
    ['em', '', false, 'Empty'],
    ['external_id', 'customer-42', false, ''],
    ['external_id', HASH, true, ''],
    ['fbc', 'fb.1.1793491200000.AbC', false, ''],
    ['fbc', 'fb.1.1793491200.AbC', false, 'Expected fb.1.{milliseconds}.{fbclid}'],
    ['fbp', 'fb.1.1793491200000.1098115397', false, ''],
    ['fbp', HASH, true, 'Must not be hashed'],
    ['client_ip_address', '203.0.113.7', false, ''],
    ['client_ip_address', '2001:db8::1', false, ''],
    ['client_ip_address', 'localhost', false, 'Expected an IPv4 or IPv6 address'],
    ['client_user_agent', 7, false, ''],
    ['constructor', 'x', false, ''],
  ])('%s %j', (key, value, isHashed, problem) => {
    expect(readCustomerValue(key, value)).toEqual({ isHashed, problem })
  })
})

describe('a plaintext', () => {
  it.each([
    ['jane@example.com', 'exactly as typed'],
    [' jane@example.com', 'trimmed'],
    [' Jane@Example.com ', 'trimmed, lower case'],
  ])('%j is the one behind the hash', async (text, label) => {
    const hash = (await sha256('jane@example.com')) ?? ''
    expect(await checkPlaintext(text, hash.toUpperCase())).toEqual({ result: 'match', label })
  })

  it('is recognised as a phone number with its signs', async () => {
    const hash = (await sha256('4915123456789')) ?? ''
    expect(await checkPlaintext('+49 (151) 234-56789', `${hash}.AQYBAQAA`)).toEqual({
      result: 'match',
      label: 'digits only',
    })
  })

  it('is said not to match', async () => {
    expect(await checkPlaintext('john@example.com', HASH)).toEqual({ result: 'no_match' })
  })
})

describe('a pair', () => {
  const browser = captured({
    source: 'browser',
    payload: { event_name: 'Purchase', custom_data: { value: '49.9' } },
  })
  const server = captured({
    payload: { event_name: 'purchase', user_data: { em: HASH }, custom_data: { value: 49.9 } },
  })

  it('is compared field by field, texts and numbers alike', () => {
    const lines = comparePair(browser, server)
    expect(lines.map(({ path, isSame }) => [path, isSame])).toEqual([
      ['event_name', false],
      ['user_data.em', false],
      ['custom_data.value', true],
    ])
  })

  it('follows the report where there is one', () => {
    const lines = comparePair(browser, server, [{ path: 'user_data.em', server: HASH }])
    expect(lines.filter(({ isSame }) => !isSame).map(({ path }) => path)).toEqual(['user_data.em'])
  })

  it('of which one half is gone shows what the report says', () => {
    const difference = { path: 'user_data.em', server: HASH }
    expect(comparePair(undefined, server, [difference])).toEqual([{ ...difference, isSame: false }])
  })
})
