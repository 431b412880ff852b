import { describe, expect, it } from 'vitest'
import { requestContext } from '../../src/adapter.ts'
import { buildEvent, createFbc, type EventInput } from '../../src/index.ts'

/** Ten bugs of Meta's own libraries (biz SDK 24 and 26, Parameter Builder 1.3), none of which we want. */
const now = Date.UTC(2026, 10, 23, 12)
const lead = { event_name: 'Lead', action_source: 'website', user_data: { em: 'a@b.co' } } as const
const read = (url: string, headers: Record<string, unknown> = {}, options = {}) =>
  requestContext(
    { url, remoteAddress: '10.0.0.1', header: (name) => headers[name] as string },
    { nowMs: now, random: () => 0.5, trustedProxies: 1, ...options },
  )

it('1: serialises original_event_data and attribution_data under Meta’s names', () => {
  const original_event_data = {
    event_name: 'Purchase',
    event_time: 1_790_000_000,
    order_id: 'a',
    event_id: 'b',
  }
  const attribution_data = {
    ad_id: '1',
    touchpoint_ts: 1,
    attribution_share: 1,
    attribution_value: 2,
    scope: 's',
  }
  const { event } = buildEvent({ ...lead, original_event_data, attribution_data }, { nowMs: now })
  expect(JSON.parse(JSON.stringify(event))).toMatchObject({ original_event_data, attribution_data })
})

it('2: reports app_data without extinfo instead of throwing', () => {
  const { issues } = buildEvent(
    { ...lead, action_source: 'app', app_data: { advertiser_tracking_enabled: true } } as never,
    { nowMs: now },
  )
  expect(issues.map((one) => one.code)).toContain('extinfo_missing')
})

it('3: does not ignore advertiser_tracking_enabled, nor writes it at event level', () => {
  const extinfo = { version: 'a2', os_version: '14' } as const
  const input: EventInput = {
    ...lead,
    action_source: 'app',
    app_data: { advertiser_tracking_enabled: false, extinfo },
  }
  const { event } = buildEvent(input, { nowMs: now })
  expect(event?.app_data).toMatchObject({ advertiser_tracking_enabled: 0 })
  expect(event).not.toHaveProperty('advertiser_tracking_enabled')
})

it('4: reads headers of null-prototype objects, with and without cookies', () => {
  const headers = Object.assign(Object.create(null) as Record<string, string>, {
    cookie: '_fbp=fb.1.1596403881668.7',
  })
  expect(read('https://s.example/', headers).scope.user_data?.fbp).toBe('fb.1.1596403881668.7')
  expect(
    read('https://s.example/', Object.create(null) as Record<string, string>).setCookies,
  ).toHaveLength(1)
})

it.each(['about:blank', 'not a url', 'http://[bad', 'javascript:alert(1)', '//evil.example', ''])(
  '5: survives the referrer %j',
  (referer) => {
    expect(read('https://s.example/', { referer }).scope.referrer_url).toBeUndefined()
  },
)

it.each<[unknown]>([
  [['a', 'b']],
  [{}],
  ['x'.repeat(5_000)],
  ['a; Domain=evil.example'],
  ['a\r\nSet-Cookie: x=1'],
  ['a b'],
])('6: takes no click id out of %j', (fbclid) => {
  expect(createFbc(fbclid, now)).toBeUndefined()
  const { setCookies } = read(`https://s.example/?fbclid=${String(fbclid)}`)
  expect(setCookies.filter((one) => one.startsWith('_fbc'))).toEqual([])
})

describe('7: knows private addresses, ports and brackets, and whom to believe', () => {
  const address = (forwarded: string, trustedProxies = 1) =>
    read('https://s.example/', { 'x-forwarded-for': forwarded }, { trustedProxies }).scope.user_data
      ?.client_ip_address

  it.each([
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.5',
    '100.64.0.1',
    '0.0.0.0',
    '::',
    'fe90::1',
    '127.0.0.1',
    'unknown',
    '_hidden',
  ])('%s is nobody', (forwarded) => {
    expect(address(forwarded)).toBeUndefined()
  })

  it.each([
    ['203.0.113.7:54321', '203.0.113.7'],
    ['[2001:db8::1]:443', '2001:db8::1'],
    [' 203.0.113.7 ', '203.0.113.7'],
  ])('%s is %s', (forwarded, visitor) => {
    expect(address(forwarded)).toBe(visitor)
  })

  it('believes the last entry its own proxy wrote, not the first that anybody can write', () => {
    expect(address('1.1.1.1, 203.0.113.7')).toBe('203.0.113.7')
    expect(address('1.1.1.1, 203.0.113.7, 10.0.0.9', 2)).toBe('203.0.113.7')
  })

  it('believes nobody without being told so', () => {
    expect(address('203.0.113.7', 0)).toBeUndefined()
  })

  it('asks a function about each proxy', () => {
    const trustedProxies = (ip: string) => ip.startsWith('10.')
    const { scope } = read(
      'https://s.example/',
      { 'x-forwarded-for': '1.1.1.1, 203.0.113.7, 10.0.0.9' },
      { trustedProxies },
    )
    expect(scope.user_data?.client_ip_address).toBe('203.0.113.7')
  })
})

it.each([
  ['https://www.example.co.uk/', undefined, undefined, 1],
  ['https://www.example.co.uk/', 'example.co.uk', 'example.co.uk', 2],
  ['https://www.example.com/', '.example.com', 'example.com', 1],
  ['https://www.example.com/', (host: string) => host.slice(4), 'example.com', 1],
  ['https://www.example.com/', 'other.example', undefined, 1],
  ['https://www.example.com/', 'com', undefined, 1],
  ['https://203.0.113.7/', undefined, undefined, 1],
])(
  '8: sets the cookie of %s with the domain %s for %s, index %d',
  (url, cookieDomain, domain, index) => {
    const [cookie = ''] = read(url, {}, { cookieDomain }).setCookies
    expect(/; Domain=([^;]+)/.exec(cookie)?.[1]).toBe(domain)
    expect(cookie).toContain(`_fbp=fb.${index}.`)
  },
)

describe('9: knows the address behind a proxy that ends TLS', () => {
  const proxied = {
    'x-forwarded-proto': 'https',
    'x-forwarded-host': 'shop.example',
    host: 'app:3000',
  }
  const url = (path: string, headers = {}, options = {}) =>
    read(path, headers, options).scope.event_source_url

  it('by what a trusted proxy reports', () => {
    expect(url('/p?a=1', proxied)).toBe('https://shop.example/p?a=1')
    expect(url('http://app:3000/p', proxied)).toBe('https://shop.example/p')
  })

  it('and by its own eyes otherwise', () => {
    expect(url('/p', proxied, { trustedProxies: 0 })).toBe('http://app:3000/p')
    expect(url('/p', { ...proxied, 'x-forwarded-host': 'evil"><script>' })).toBeUndefined()
  })

  it('sends no e-mail address, no fragment and nothing glued to the end', () => {
    expect(url('https://shop.example/p?mail=a%40b.co&x=1#top')).toBe('https://shop.example/p?x=1')
  })
})

it('10: reads a WHATWG Request as Next, Hono and Remix hand it over', () => {
  const headers = {
    cookie: `_fbc=fb.1.${now - 3_600_000}.AbC`,
    'user-agent': 'UA/1',
    referer: 'https://a.example/',
  }
  const request = new Request('https://shop.example/p?fbclid=AbC', { headers })
  const { scope } = requestContext(
    { url: request.url, header: (name) => request.headers.get(name) },
    { nowMs: now },
  )
  expect(scope).toMatchObject({
    event_source_url: 'https://shop.example/p?fbclid=AbC',
    user_data: { fbc: `fb.1.${now - 3_600_000}.AbC`, client_user_agent: 'UA/1' },
  })
})
