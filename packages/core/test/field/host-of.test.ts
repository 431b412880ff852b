import fc from 'fast-check'
import { expect, it } from 'vitest'
import { hostOf } from '../../src/field/host-of.ts'

const parsed = (url: string) => (URL.canParse(url) ? new URL(url).hostname : '')

it.each([
  'https://shop.example',
  'http://WWW.Shop.Example:8080/p?x=1#top',
  'https://user:pass@shop.example/',
  'https://münchen.example/',
  'https://shop.example:99999/',
  'https://127.1/',
  'https://0x7f.1/',
  'https://[2001:DB8::1]:443/',
  'https://shop.example.:443',
  'https://shop_1.example/',
  'https://shop.example\\@evil.example/',
  'https://shop.ex%61mple/',
  '/path',
  '',
])('is the host that a parser finds: %s', (url) => {
  expect(hostOf(url)).toBe(parsed(url))
})

it('is the host that a parser finds, whatever the address', () => {
  const scheme = fc.constantFrom('http://', 'HTTPS://', 'https:/', '')
  const end = fc.constantFrom('', '/', ':80/', ':8080', '?q', '#h', '\\', '@x.example')
  const label = fc.stringMatching(/^[a-zA-Z0-9-]{1,8}$/).filter((one) => !/^xn--/i.test(one))
  const host = fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => labels.join('.'))
  fc.assert(
    fc.property(scheme, host, end, (...parts) => {
      const url = parts.join('')
      expect(hostOf(url)).toBe(parsed(url))
    }),
  )
})
