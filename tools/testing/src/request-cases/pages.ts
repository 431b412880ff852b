import {
  fbcOf,
  type Match,
  type RequestCase,
  type RequestSetup,
  type WireRequest,
} from './request-case.ts'

type Lines = NonNullable<WireRequest['headers']>

const PLAIN: RequestSetup = {}
const SITE: RequestSetup = { siteUrl: 'https://shop.example' }
const DOMAIN: RequestSetup = { cookieDomain: 'shop.example' }
const FOUND: RequestSetup = {
  cookieDomain: (host) => (host.endsWith('shop.example') ? 'shop.example' : undefined),
}
const CART = 'https://www.shop.example/cart'
const FETCH: Lines = [['sec-fetch-dest', 'empty']]

/** A script's call of an API on `shop.example`: its Referer, and whether that is the page. */
const CALLS: readonly [name: string, setup: RequestSetup, headers: Lines, page: string | null][] = [
  [
    'of the same host',
    PLAIN,
    [...FETCH, ['referer', 'http://shop.example/cart?x=1']],
    'http://shop.example/cart?x=1',
  ],
  ['of the host’s www', PLAIN, [...FETCH, ['referer', CART]], CART],
  [
    'of a host below',
    PLAIN,
    [...FETCH, ['referer', 'https://m.shop.example/']],
    'https://m.shop.example/',
  ],
  [
    'of another port',
    PLAIN,
    [...FETCH, ['referer', 'http://shop.example:5173/cart']],
    'http://shop.example:5173/cart',
  ],
  [
    'of any host the browser calls the same site',
    PLAIN,
    [...FETCH, ['sec-fetch-site', 'same-site'], ['referer', 'https://app.example/cart']],
    'https://app.example/cart',
  ],
  [
    'of any host the browser calls the same origin',
    PLAIN,
    [...FETCH, ['sec-fetch-site', 'same-origin'], ['referer', 'https://app.example/cart']],
    'https://app.example/cart',
  ],
  [
    'of siteUrl, whatever the API’s host',
    SITE,
    [...FETCH, ['sec-fetch-site', 'cross-site'], ['referer', CART]],
    CART,
  ],
  [
    'under cookieDomain',
    DOMAIN,
    [...FETCH, ['sec-fetch-site', 'cross-site'], ['referer', CART]],
    CART,
  ],
  [
    'under the domain that a function finds',
    FOUND,
    [...FETCH, ['sec-fetch-site', 'cross-site'], ['referer', CART]],
    CART,
  ],
  [
    'that says it wants no page',
    PLAIN,
    [
      ['accept', 'application/json'],
      ['referer', CART],
    ],
    CART,
  ],
  [
    'that takes anything',
    PLAIN,
    [
      ['accept', '*/*'],
      ['referer', CART],
    ],
    CART,
  ],
  [
    'for a part of the page',
    PLAIN,
    [
      ['sec-fetch-dest', 'image'],
      ['referer', CART],
    ],
    CART,
  ],
  ['of a stranger', PLAIN, [...FETCH, ['referer', 'https://evil.example/cart']], null],
  ['of a stranger beside siteUrl', SITE, [...FETCH, ['referer', 'https://evil.example/']], null],
  [
    'of a stranger whose name ends like ours',
    PLAIN,
    [...FETCH, ['referer', 'https://myshop.example/']],
    null,
  ],
  [
    'of a host beside ours, when the browser does not say',
    PLAIN,
    [...FETCH, ['referer', 'https://other.example/']],
    null,
  ],
  [
    'of our host, which the browser calls another site',
    PLAIN,
    [...FETCH, ['sec-fetch-site', 'cross-site'], ['referer', CART]],
    null,
  ],
]

/** Navigations: their address is the page's, and the Referer what led there. */
const DOCUMENTS: readonly [name: string, headers: Lines][] = [
  ['a page', [['sec-fetch-dest', 'document']]],
  ['a frame', [['sec-fetch-dest', 'iframe']]],
  ['a page of an old browser', [['accept', 'text/html,*/*']]],
  ['a caller that says nothing', [['accept', null]]],
]

const NAMED = (pageUrl: () => string | undefined, more: RequestSetup = {}): RequestSetup => ({
  ...more,
  pageUrl,
})

const GIVEN: readonly [name: string, setup: RequestSetup, page: Match][] = [
  [
    'a whole address',
    NAMED(() => 'https://www.shop.example/thank-you?x=1#top'),
    'https://www.shop.example/thank-you?x=1',
  ],
  ['a path', NAMED(() => '/thank-you'), 'http://shop.example/thank-you'],
  ['a path of siteUrl', NAMED(() => '/thank-you', SITE), 'https://shop.example/thank-you'],
  [
    'an address with a person in it',
    NAMED(() => '/p?email=anna%40example.com&x=1'),
    /^http:\/\/shop\.example\/p\?(?!.*anna).*x=1$/,
  ],
  ['blanks around', NAMED(() => ' /thank-you\n'), 'http://shop.example/thank-you'],
]

const UNFIT: readonly [name: string, setup: RequestSetup][] = [
  ['undefined', NAMED(() => undefined)],
  ['a blank', NAMED(() => ' ')],
  ['no address', NAMED(() => 'javascript:alert(1)')],
  [
    'a throw',
    NAMED(() => {
      throw new Error('boom')
    }),
  ],
]

export const PAGE_CASES: readonly RequestCase[] = [
  ...CALLS.map(([name, setup, headers, page]): RequestCase => {
    const referrer = headers.find(([header]) => header === 'referer')?.[1] ?? null
    return {
      name: `a script’s Referer ${name} ${page === null ? 'is no page of ours' : 'is the page'}`,
      setup,
      request: { method: 'POST', target: '/api/checkout', headers },
      expected:
        page === null ? { url: /\/api\/checkout$/, referrer } : { url: page, referrer: null },
    }
  }),
  ...DOCUMENTS.map(
    ([name, headers]): RequestCase => ({
      name: `the address asked for is the page’s when it is asked by ${name}`,
      request: { headers: [...headers, ['referer', CART]] },
      expected: { url: 'http://shop.example/p', referrer: CART },
    }),
  ),
  ...GIVEN.map(
    ([name, setup, url]): RequestCase => ({
      name: `the page’s address is what pageUrl says: ${name}`,
      setup,
      request: { method: 'POST', target: '/api/checkout', headers: FETCH },
      expected: { url },
    }),
  ),
  {
    name: 'a page that pageUrl names has no referrer when the script’s Referer is that page',
    setup: NAMED(() => CART),
    request: { method: 'POST', target: '/api/checkout', headers: [...FETCH, ['referer', CART]] },
    expected: { url: CART, referrer: null },
  },
  ...UNFIT.map(
    ([name, setup]): RequestCase => ({
      name: `the script’s Referer is the page where pageUrl gives ${name}`,
      setup,
      request: { method: 'POST', target: '/api/checkout', headers: [...FETCH, ['referer', CART]] },
      expected: { url: CART, referrer: null },
    }),
  ),
  {
    name: 'a click id of a script’s page becomes fbc, as one of the address asked for',
    request: {
      method: 'POST',
      target: '/api/checkout',
      headers: [...FETCH, ['referer', `${CART}?fbclid=AbC_d`]],
    },
    expected: { url: `${CART}?fbclid=AbC_d`, referrer: null, fbc: fbcOf('AbC_d') },
  },
]
