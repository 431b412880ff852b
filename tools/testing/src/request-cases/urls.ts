import type { Match, RequestCase, RequestSetup, WireRequest } from './request-case.ts'

const ONE: RequestSetup = { trust: 1 }
const PLAIN: RequestSetup = {}
const BASE: RequestSetup = { siteUrl: 'https://shop.example', trust: 1 }
const SLASHED: RequestSetup = { siteUrl: 'https://shop.example/de/' }

const VISITS: readonly [name: string, request: WireRequest, url: Match][] = [
  ['keeps the query', { target: '/p?x=1&y=a%20b' }, 'http://shop.example/p?x=1&y=a%20b'],
  [
    'cuts persons out of the query',
    { target: '/p?email=anna%40example.com&x=1' },
    /^http:\/\/shop\.example\/p\?(?!.*anna).*x=1$/,
  ],
  ['keeps a port', { host: 'shop.example:8080' }, 'http://shop.example:8080/p'],
  ['is https on TLS', { isEncrypted: true }, 'https://shop.example/p'],
  [
    'takes the host of an absolute target',
    { target: 'http://www.shop.example/p' },
    'http://www.shop.example/p',
  ],
  [
    'does not take a second slash for a host',
    { target: '//evil.example/p' },
    'http://shop.example//evil.example/p',
  ],
  [
    'keeps dots and percent signs of a path',
    { target: '/a/%2e%2e/b%zz' },
    /^http:\/\/shop\.example\//,
  ],
  ['knows IPv6 hosts', { host: '[2001:db8::1]:8080' }, 'http://[2001:db8::1]:8080/p'],
  ['knows punycode hosts', { host: 'xn--bcher-kva.example' }, 'http://xn--bcher-kva.example/p'],
  ['knows hosts of one label', { host: 'localhost:3000' }, 'http://localhost:3000/p'],
  ['is nothing without a host', { version: '1.0', host: null }, null],
  ['is nothing with a user in the host', { host: 'user:secret@shop.example' }, null],
  ['is nothing with a path in the host', { host: 'shop.example/x' }, null],
  ['is nothing with markup in the host', { host: '<b>shop.example</b>' }, null],
  ['is nothing with two hosts in one', { host: 'shop.example, evil.example' }, null],
  ['is nothing with a port that is none', { host: 'shop.example:99999999' }, null],
]

const FORWARDED: readonly [
  name: string,
  setup: RequestSetup,
  headers: WireRequest['headers'],
  url: Match,
][] = [
  [
    'believes the scheme of a trusted proxy',
    ONE,
    [['x-forwarded-proto', 'https']],
    'https://shop.example/p',
  ],
  [
    'believes the host of a trusted proxy',
    ONE,
    [['x-forwarded-host', 'www.shop.example']],
    'http://www.shop.example/p',
  ],
  [
    'takes the first of several schemes',
    ONE,
    [['x-forwarded-proto', 'https, http']],
    'https://shop.example/p',
  ],
  [
    'takes the first of several hosts',
    ONE,
    [['x-forwarded-host', 'www.shop.example, inner.local']],
    'http://www.shop.example/p',
  ],
  ['reads a scheme in any case', ONE, [['x-forwarded-proto', 'HTTPS']], 'https://shop.example/p'],
  [
    'is nothing with a scheme that pages do not have',
    ONE,
    [['x-forwarded-proto', 'javascript']],
    null,
  ],
  [
    'is nothing with a forwarded host that is none',
    ONE,
    [['x-forwarded-host', 'evil.example/x?y']],
    null,
  ],
  [
    'believes no scheme without a trusted proxy',
    PLAIN,
    [['x-forwarded-proto', 'https']],
    'http://shop.example/p',
  ],
  [
    'believes no host without a trusted proxy',
    PLAIN,
    [['x-forwarded-host', 'evil.example']],
    'http://shop.example/p',
  ],
]

/** `Referer` line and what is passed on. */
const REFERRERS: readonly [referrer: string, passed: Match][] = [
  ['https://search.example/?q=mug', 'https://search.example/?q=mug'],
  ['http://shop.example/', 'http://shop.example/'],
  ['about:blank', null],
  ['about:srcdoc', null],
  ['android-app://com.google.android.gm/', null],
  ['javascript:alert(1)', null],
  ['data:text/html,x', null],
  ['file:///etc/passwd', null],
  ['//evil.example/', null],
  ['http://[bad', null],
  ['http://', null],
  ['%', null],
  ['', null],
  ['https://search.example/?email=anna%40example.com', /^https:\/\/search\.example\/(?!.*anna)/],
]

export const URL_CASES: readonly RequestCase[] = [
  ...VISITS.map(
    ([name, request, url]): RequestCase => ({
      name: `the page’s address ${name}`,
      request,
      expected: { url },
    }),
  ),
  ...FORWARDED.map(
    ([name, setup, headers = [], url]): RequestCase => ({
      name: `the page’s address ${name}`,
      setup,
      request: { headers, peer: '10.0.0.2' },
      expected: { url, ip: null },
    }),
  ),
  {
    name: 'the page’s address stands at the application’s base, whatever headers say',
    setup: BASE,
    request: {
      target: '/p?x=1',
      headers: [
        ['x-forwarded-host', 'inner.local'],
        ['x-forwarded-proto', 'http'],
      ],
    },
    expected: { url: 'https://shop.example/p?x=1' },
  },
  {
    name: 'the page’s address has the base’s path in front, also without a host',
    setup: SLASHED,
    request: { version: '1.0', host: null },
    expected: { url: 'https://shop.example/de/p' },
  },
  ...REFERRERS.map(
    ([line, referrer]): RequestCase => ({
      name: `passes the referrer ${JSON.stringify(line)} on as ${referrer}`,
      request: { headers: [['referer', line]] },
      expected: { referrer },
    }),
  ),
  {
    name: 'takes the first of two referrers',
    request: {
      headers: [
        ['referer', 'https://one.example/'],
        ['referer', 'https://two.example/'],
      ],
    },
    expected: { referrer: 'https://one.example/' },
  },
  {
    name: 'goes without a user agent',
    request: { headers: [['user-agent', null]] },
    expected: { agent: null },
  },
  {
    name: 'takes a user agent as it is',
    request: { headers: [['user-agent', 'Mozilla/5.0 (X11; "quoted" <b>) {7*7}']] },
    expected: { agent: 'Mozilla/5.0 (X11; "quoted" <b>) {7*7}' },
  },
]
