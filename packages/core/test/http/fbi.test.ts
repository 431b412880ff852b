import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { requestContext } from '../../src/adapter.ts'

const V6 = '2606:4700:4700::1111'
const read = (fbi: string, remoteAddress?: string, more: object = {}) =>
  requestContext(
    {
      url: 'https://s.example/',
      remoteAddress,
      header: (name) => ({ cookie: `_fbi=${fbi}` })[name],
    },
    { ...more },
  )
const ip = (fbi: string, remoteAddress?: string, more: object = {}) =>
  read(fbi, remoteAddress, more).scope.user_data?.client_ip_address

describe("Meta's cookie with the visitor's address", () => {
  it.each<[string, string, string | undefined, string | undefined]>([
    ['its IPv6 before the IPv4 of the request', `${V6}.BA`, '203.0.113.7', V6],
    ['its IPv6 with the long appendix', `${V6}.AQYCAQMB`, '203.0.113.7', V6],
    ['its IPv6 without an appendix', V6, '203.0.113.7', V6],
    ['not before the IPv6 of the request', `${V6}.BA`, '2001:db8::7', '2001:db8::7'],
    ['its IPv6 where the request tells a private one', `${V6}.BA`, '10.0.0.1', V6],
    ['its IPv4 where the request tells none', '8.8.8.8.BA', undefined, '8.8.8.8'],
    ['its IPv4 where the request tells a private one', '8.8.8.8.AQQAAQAA', '10.0.0.1', '8.8.8.8'],
    ['its IPv4 not before the request’s', '8.8.8.8.BA', '203.0.113.7', '203.0.113.7'],
    ['nothing of a private one', '192.168.0.7.BA', undefined, undefined],
    ['nothing of loopback', '::1.BA', '203.0.113.7', '203.0.113.7'],
    ['nothing of a malformed one', 'evil.BA', '203.0.113.7', '203.0.113.7'],
    ['nothing of a list', `${V6}, 10.0.0.1`, '203.0.113.7', '203.0.113.7'],
  ])('counts: %s', (_name, fbi, remoteAddress, expected) => {
    expect(ip(fbi, remoteAddress)).toBe(expected)
  })

  it('comes behind an IPv4 that the application names, as behind that of the request', () => {
    expect(ip(`${V6}.BA`, '10.0.0.1', { clientIp: '203.0.113.9' })).toBe(V6)
    expect(ip('8.8.8.8.BA', '10.0.0.1', { clientIp: '203.0.113.9' })).toBe('203.0.113.9')
  })

  it('does not change the address that a rate limit counts by', () => {
    expect(read(`${V6}.BA`, '203.0.113.7').clientIp).toBe('203.0.113.7')
    expect(read('8.8.8.8.BA', '10.0.0.1').clientIp).toBeUndefined()
  })

  it('is public and bare, or not taken at all', () => {
    const cookie = fc.oneof(
      fc.tuple(
        fc.oneof(fc.ipV4(), fc.ipV6()),
        fc.constantFrom('', '.BA', '.AQYCAQMB', ':80', '%eth0'),
      ),
      fc.tuple(fc.string(), fc.constantFrom('', '.BA')),
    )
    fc.assert(
      fc.property(cookie, ([address, end]) => {
        const told = ip(`${address}${end}`)
        if (typeof told !== 'string') return
        expect(told).toMatch(/^[0-9a-fA-F:.]+$/)
        expect(ip('x', told)).toBe(told)
      }),
      { numRuns: 1_000 },
    )
  })
})

it('takes the first public address where the application passes a whole X-Forwarded-For', () => {
  expect(ip('', '10.0.0.1', { clientIp: '10.0.0.2, 203.0.113.9, 203.0.113.10' })).toBe(
    '203.0.113.9',
  )
})
