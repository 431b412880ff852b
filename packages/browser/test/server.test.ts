import { createFbc } from '@capi/core/click-id'
import fc from 'fast-check'
import { expect, it, vi } from 'vitest'
import { clickCookies, clickOf } from '../src/click-ids.ts'
import { createTracker } from '../src/index.ts'

it('does nothing on a server, and still gives ids', () => {
  vi.stubGlobal('fetch', () => {
    throw new Error('nothing may be sent')
  })
  const before = Object.getOwnPropertyNames(globalThis)
  const tracker = createTracker({ pixelId: '1234567890', consent: 'granted' })
  tracker.watch()()
  tracker.setConsent('denied')
  tracker.setUser({ em: 'a'.repeat(64) })
  const ids = [tracker.page(), tracker.track('Lead'), tracker.track('Lead')]
  expect(new Set(ids).size).toBe(3)
  expect(tracker.track('Lead', {}, { event_id: 'lead.1' })).toBe('lead.1')
  expect(Object.getOwnPropertyNames(globalThis)).toEqual(before)
  vi.unstubAllGlobals()
})

it('reads the click ids of an address that core takes for such', () => {
  const part = fc.stringMatching(/^[\w\-.%+ü]{0,24}$/)
  fc.assert(
    fc.property(part, part, fc.boolean(), (id, other, isFirst) => {
      const params = [`fbclid=${id}`, `a=${other}`]
      const search = `?${(isFirst ? params : params.reverse()).join('&')}`
      // Words of up to nine letters are what templates make of no click.
      const due = /^[a-z]{0,9}$/i.test(id) ? undefined : createFbc(id, Date.now())?.split('.')[3]
      if (!/^[a-z]{1,3}$/i.test(id)) expect(clickOf(search)).toBe(due)
    }),
    { seed: 22 },
  )
})

it.each([
  ['?fbclid=IwAR0aBc_D-e', 'IwAR0aBc_D-e'],
  ['?a=1&fbclid=AbC&b=2', 'AbC'],
  ['?fbclid=undefined', undefined],
  ['?fbclid=null&a', undefined],
  ['?fbclid=%41bc-1', undefined],
  ['?fbclid=', undefined],
  ['?xfbclid=IwAR0aBc', undefined],
  [`?fbclid=${'a1'.repeat(250)}`, 'a1'.repeat(250)],
  [`?fbclid=${'a1'.repeat(250)}x`, undefined],
])('finds in %s the click id %s', (search, due) => {
  expect(clickOf(search)).toBe(due)
})

it.each([
  [
    'https://www.shop.example',
    undefined,
    ['0 example', '1 shop.example', '2 www.shop.example', '2 '],
  ],
  ['https://localhost', undefined, ['0 localhost', '0 ']],
  ['https://127.0.0.1:3000', 'shop.example', ['0 ']],
  ['https://[::1]', undefined, ['0 ']],
  ['https://www.shop.example', 'shop.example', ['1 shop.example', '2 ']],
])('tries on %s, with the domain %s, %j', (address, domain, due) => {
  const cookies = clickCookies(undefined, 'AbC', new URL(address), domain)
  const form = /^fb\.(\d)\.\d{13}\.AbC;path=\/;max-age=7776000;samesite=lax;secure;domain=(.*)$/
  expect(cookies.map((cookie) => cookie.replace(form, '$1 $2'))).toEqual(due)
})

it.each([
  ['a click where there is none', undefined, 'AbC', true],
  ['another click', 'fb.1.1596403881668.First', 'AbC', true],
  ['a click that differs in case', 'fb.1.1596403881668.abc', 'AbC', true],
  ['the same click', 'fb.1.1596403881668.AbC', 'AbC', false],
  ['the same click with the appendix of Meta’s library', 'fb.1.1596403881668.AbC.AQ', 'AbC', false],
  ['a click of digits', 'fb.1.1596403881668.AbC', '1234567890', true],
  ['no click', undefined, undefined, false],
  ['a number where there is none', undefined, 1_048_576, true],
  ['a number where the cookie is empty', '', 1_048_576, true],
  ['another number', 'fb.1.1596403881668.7', 1_048_576, false],
])('makes of %s a cookie, or none', (_what, id, payload, isMade) => {
  const cookies = clickCookies(id, payload, new URL('http://shop.example'))
  expect(cookies.length > 0).toBe(isMade)
  expect(cookies.join()).not.toContain('secure')
})
