import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type RequestLike, requestContext } from '../../src/adapter.ts'
import { testWorld } from '../test-world.ts'

const now = 1554763741205
const random = () => 0.5

function read(url: string, headers: Record<string, string> = {}, ip = '203.0.113.7') {
  return requestContext(
    { url, remoteAddress: ip, header: (name) => headers[name] },
    { nowMs: now, random },
  )
}

it('reads what Meta wants of a visitor', () => {
  const { scope } = read('https://shop.example/p?x=1#top', {
    'user-agent': 'UA/1',
    referer: 'https://search.example/?q=mug',
    cookie: 'a=b; _fbp=fb.1.1596403881668.1116446470; _fbc=fb.1.1554763741205.AbC',
  })
  expect(scope).toEqual({
    action_source: 'website',
    event_source_url: 'https://shop.example/p?x=1',
    referrer_url: 'https://search.example/?q=mug',
    user_data: {
      client_ip_address: '203.0.113.7',
      client_user_agent: 'UA/1',
      fbc: 'fb.1.1554763741205.AbC',
      fbp: 'fb.1.1596403881668.1116446470',
    },
  })
})

describe('fbc', () => {
  const cookie = (fbc: string) => ({ cookie: `_fbp=fb.1.1596403881668.1; _fbc=${fbc}` })
  it.each([
    [
      'makes one of the address',
      'https://s.example/?fbclid=AbC_d-E',
      {},
      `fb.1.${now}.AbC_d-E`,
      true,
    ],
    [
      'makes a new one when the case differs',
      'https://s.example/?fbclid=abc',
      cookie('fb.1.1554763741205.AbC'),
      `fb.1.${now}.abc`,
      true,
    ],
    [
      'keeps the cookie for the same click',
      'https://s.example/?fbclid=AbC',
      cookie('fb.1.1554763741205.AbC.AQQBAQAB'),
      'fb.1.1554763741205.AbC.AQQBAQAB',
      false,
    ],
    [
      'keeps the cookie without a click',
      'https://s.example/',
      cookie('fb.1.1554763741205.AbC'),
      'fb.1.1554763741205.AbC',
      false,
    ],
    [
      'takes the referrer’s click',
      'https://s.example/',
      { referer: 'https://s.example/?fbclid=XyZ' },
      `fb.1.${now}.XyZ`,
      true,
    ],
    [
      'ignores a broken cookie',
      'https://s.example/',
      cookie('xx.1.1554763741205.AbC'),
      undefined,
      false,
    ],
    [
      'ignores a hostile click',
      'https://s.example/?fbclid=a%0d%0aSet-Cookie:x',
      {},
      undefined,
      false,
    ],
    [
      'ignores a semicolon',
      'https://s.example/?fbclid=a;Domain=evil.example',
      {},
      undefined,
      false,
    ],
    [
      'ignores 5,000 characters',
      `https://s.example/?fbclid=${'a'.repeat(5_000)}`,
      {},
      undefined,
      false,
    ],
    [
      'takes the first of several',
      'https://s.example/?fbclid=first&fbclid=second',
      {},
      `fb.1.${now}.first`,
      true,
    ],
  ])('%s', (_name, url, headers, fbc, isSet) => {
    const { scope, setCookies } = read(url, headers)
    expect(scope.user_data?.fbc).toBe(fbc)
    expect(setCookies.some((one) => one.startsWith('_fbc='))).toBe(isSet)
  })
})

it('gives a new visitor a browser id, in a cookie the Pixel can read', () => {
  const { scope, setCookies } = read('https://shop.example/')
  expect(scope.user_data?.fbp).toBe(`fb.1.${now}.1073741824`)
  expect(setCookies).toEqual([
    `_fbp=fb.1.${now}.1073741824; Max-Age=7776000; Path=/; SameSite=Lax; Secure`,
  ])
})

it('does not mark cookies secure on http, and adds the domain only when told', () => {
  const request = { url: 'http://www.shop.example/', header: () => undefined }
  const { setCookies } = requestContext(request, {
    nowMs: now,
    random,
    cookieDomain: 'shop.example',
  })
  expect(setCookies).toEqual([
    `_fbp=fb.1.${now}.1073741824; Max-Age=7776000; Path=/; SameSite=Lax; Domain=shop.example`,
  ])
})

it.each([
  ['168.212.226.204', '168.212.226.204'],
  ['2001:0db8:85a3:0000:0000:8a2e:0370:7334', '2001:0db8:85a3:0000:0000:8a2e:0370:7334'],
  [' 203.0.113.7 ', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['203.0.113.7:54321', '203.0.113.7'],
  ['[2001:db8::1]:443', '2001:db8::1'],
  ['8.8.8.8.AQQAAQAA', '8.8.8.8.AQQAAQAA'],
  ['fe80::1%eth0', undefined],
  ['127.0.0.1', undefined],
  ['10.1.2.3', undefined],
  ['100.64.0.1', undefined],
  ['172.31.0.1', undefined],
  ['192.168.1.1', undefined],
  ['::1', undefined],
  ['::ffff:10.0.0.5', undefined],
  ['fd00::1', undefined],
  ['fe90::1', undefined],
  ['999.1.1.1', undefined],
  ['not an address', undefined],
  [':@evil', undefined],
  [':@&\\', undefined],
])('reads the address %s as %s', (ip, expected) => {
  expect(read('https://s.example/', {}, ip).scope.user_data?.client_ip_address).toBe(expected)
})

it('throws on no header, and every cookie it sets is one line of one cookie', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('about:blank', 'http://[bad', '%', '//', '\r\n', ';;=', '_fbc=fb.1.1.a'),
  )
  fc.assert(
    fc.property(text, text, text, text, (path, referer, cookie, ip) => {
      const { setCookies } = read(`https://s.example/?fbclid=${path}`, { referer, cookie }, ip)
      for (const one of setCookies)
        expect(one).toMatch(/^_fb[cp]=[\w.-]+; Max-Age=7776000; Path=\/; SameSite=Lax; Secure$/)
    }),
  )
})

describe('a request without a socket, as Next and Hono give it', () => {
  const at = (forwarded: string | undefined, options: object, request: object = {}) =>
    requestContext(
      {
        url: 'https://shop.example/',
        header: (name) => (name === 'x-forwarded-for' ? forwarded : undefined),
        ...request,
      },
      { nowMs: now, random, ...options },
    )

  it.each<[forwarded: string, trustedProxies: unknown, address: string | undefined]>([
    ['81.6.1.2', 1, '81.6.1.2'],
    ['6.6.6.6, 81.6.1.2', 1, '81.6.1.2'],
    ['6.6.6.6, 81.6.1.2, 10.0.0.3', 2, '81.6.1.2'],
    ['81.6.1.2', 2, '81.6.1.2'],
    ['6.6.6.6, 81.6.1.2', (_address: string, distance: number) => distance < 1, '81.6.1.2'],
    ['6.6.6.6', 0, undefined],
    ['6.6.6.6', undefined, undefined],
    ['6.6.6.6', (address: string) => address === '10.0.0.2', undefined],
    ['unknown', 1, undefined],
  ])('of %s, behind %s proxies, takes %s', (forwarded, trustedProxies, address) => {
    const { scope, warnings } = at(forwarded, { trustedProxies })
    expect(scope.user_data?.client_ip_address).toBe(address)
    expect(warnings.map(({ code }) => code)).toEqual(
      address === undefined ? ['client_ip_unknown'] : [],
    )
  })

  it('takes what the framework found, and the option before it', () => {
    const found = { clientIp: '81.6.1.3' }
    const addressOf = (options: object, request: object) =>
      at('6.6.6.6', { trustedProxies: 1, ...options }, request).scope.user_data?.client_ip_address
    expect(addressOf({}, found)).toBe('81.6.1.3')
    expect(addressOf({ clientIp: '81.6.1.4' }, found)).toBe('81.6.1.4')
    expect(addressOf({ clientIp: ' ' }, { clientIp: '' })).toBe('6.6.6.6')
    expect(addressOf({}, { clientIp: '10.0.0.1', remoteAddress: '81.6.1.5' })).toBeUndefined()
  })

  it('misses no address on loopback: a developer has none', () => {
    expect(at(undefined, {}, { remoteAddress: '127.0.0.1' }).warnings).toEqual([])
    expect(at(undefined, {}, { clientIp: '127.0.0.1' }).warnings).toEqual([])
  })
})

describe('warnings', () => {
  const headers = new Headers({ 'user-agent': 'UA/1', 'x-forwarded-for': '81.6.1.2' })
  const request = (header: RequestLike['header'], more: object = {}): RequestLike => ({
    url: 'https://shop.example/',
    header,
    ...more,
  })

  it.each<[what: string, header: unknown]>([
    ['throws, as headers.get does unbound', headers.get],
    ['is async', async (name: string) => headers.get(name)],
  ])('say that header %s', (_what, header) => {
    const context = requestContext(request(header as never, { remoteAddress: '81.6.1.2' }))
    expect(context.warnings.map(({ code }) => code)).toEqual(['header_unreadable'])
    expect(context.scope.user_data?.client_ip_address).toBe('81.6.1.2')
  })

  it('say nothing of a header that is read, nor of the names that Headers refuse', () => {
    const bound = request((name) => headers.get(name), { url: '/', remoteAddress: '127.0.0.1' })
    expect(requestContext(bound, { trustedProxies: 1 }).warnings).toEqual([])
  })

  it.each<[trusted: string, proxies: unknown, codes: readonly string[]]>([
    ['everybody', () => true, ['trust_proxy_all']],
    ['one proxy, by its distance', (_address: string, distance: number) => distance < 1, []],
    ['one proxy, by its number', 1, []],
    ['ten proxies, more than there are', 10, []],
    ['one address', (address: string) => address === '10.0.0.2', []],
  ])('say whether any client can write its address: %s is trusted', (_what, proxies, codes) => {
    const behind = request((name) => headers.get(name), { remoteAddress: '10.0.0.2' })
    const { warnings, scope } = requestContext(behind, { trustedProxies: proxies as never })
    expect(scope.user_data?.client_ip_address).toBe('81.6.1.2')
    expect(warnings.map(({ code }) => code)).toEqual(codes)
  })

  it('say which option is unknown, and what became of baseUrl', () => {
    const { warnings, scope } = requestContext(
      request(() => undefined, { clientIp: '81.6.1.2' }),
      {
        baseUrl: 'https://www.shop.example',
      } as object,
    )
    expect(warnings).toEqual([
      {
        code: 'option_unknown',
        message: expect.stringContaining("The site's address is siteUrl."),
      },
    ])
    expect(scope.event_source_url).toBe('https://shop.example/')
  })

  it('are logged once by the client that gets the scope, also when it is spread', () => {
    const { client, logger } = testWorld()
    const capi = client()
    for (let count = 0; count < 3; count++) {
      const { scope } = requestContext(request(headers.get as never))
      capi.with(scope)
      capi.with({ ...scope, consent: 'granted' }).with(scope)
    }
    expect(logger.warn.mock.calls.map(([line]) => /\((\w+)\)\.$/.exec(line)?.[1])).toEqual([
      'client_ip_unknown',
      'header_unreadable',
    ])
  })

  it('do not wait on a job queue with the scope', () => {
    const { client, logger } = testWorld()
    const { scope } = requestContext(request(() => undefined))
    client().with(JSON.parse(JSON.stringify(scope)))
    client().with(structuredClone(scope))
    expect(logger.warn.mock.calls).toEqual([])
  })
})
