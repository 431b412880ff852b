import {
  cookieLine,
  FBP,
  fbcOf,
  NEW_FBP,
  PLAIN,
  type RequestCase,
  type RequestSetup,
  type WireAnswer,
  type WireRequest,
} from './request-case.ts'

const NEW: WireRequest = { headers: [['cookie', null]] }
const NEW_LINE = cookieLine('_fbp')
const FBC = `fb.1.${Date.now() - 86_400_000}.AbC`

/** A new visitor; whether the answer sets a cookie. */
const PAGES: readonly [name: string, isPage: boolean, request: WireRequest][] = [
  ['a page asked for by Accept', true, NEW],
  [
    'a page a browser navigates to',
    true,
    {
      headers: [
        ['cookie', null],
        ['accept', '*/*'],
        ['sec-fetch-dest', 'document'],
      ],
    },
  ],
  ['a page of HTTP/1.0', true, { ...NEW, version: '1.0' }],
  [
    'an image',
    false,
    {
      headers: [
        ['cookie', null],
        ['sec-fetch-dest', 'image'],
      ],
    },
  ],
  [
    'a script',
    false,
    {
      headers: [
        ['cookie', null],
        ['sec-fetch-dest', 'script'],
      ],
    },
  ],
  [
    'a frame',
    false,
    {
      headers: [
        ['cookie', null],
        ['sec-fetch-dest', 'iframe'],
      ],
    },
  ],
  [
    'a fetch of markup',
    false,
    {
      headers: [
        ['cookie', null],
        ['sec-fetch-dest', 'empty'],
      ],
    },
  ],
  [
    'a page fetched ahead',
    false,
    {
      headers: [
        ['cookie', null],
        ['sec-fetch-dest', 'document'],
        ['sec-purpose', 'prefetch;prerender'],
      ],
    },
  ],
  [
    'a request for data',
    false,
    {
      headers: [
        ['cookie', null],
        ['accept', 'application/json'],
      ],
    },
  ],
  [
    'a request for anything',
    false,
    {
      headers: [
        ['cookie', null],
        ['accept', '*/*'],
      ],
    },
  ],
  [
    'a request that does not say',
    false,
    {
      headers: [
        ['cookie', null],
        ['accept', null],
      ],
    },
  ],
  ['a form that was sent', false, { ...NEW, method: 'POST' }],
]

const DENIED: RequestSetup = { consent: 'denied' }
const PENDING: RequestSetup = { consent: 'pending' }
const LIMITED: RequestSetup = { consent: 'ldu' }
const ASKED: RequestSetup = { consent: () => 'granted' }
const SILENT: RequestSetup = { consent: () => undefined }
const FAILING: RequestSetup = {
  consent() {
    throw new Error('boom')
  },
}
const NOTHING = { url: null, ip: null, agent: null, fbp: null } as const
const UNASKED: RequestSetup = { cookies: false }

/** The domain that the application names, the host, where the cookie belongs, and its index. */
const DOMAINS: readonly [
  setup: RequestSetup,
  host: string,
  domain: string | null,
  index: number,
][] = [
  [{ cookieDomain: 'shop.example' }, 'shop.example', 'shop.example', 1],
  [{ cookieDomain: 'shop.example' }, 'www.shop.example', 'shop.example', 1],
  [{ cookieDomain: 'shop.example' }, 'a.b.shop.example:8080', 'shop.example', 1],
  [{ cookieDomain: '.shop.example' }, 'www.shop.example', 'shop.example', 1],
  [{ cookieDomain: 'SHOP.example' }, 'WWW.shop.example', 'shop.example', 1],
  [{ cookieDomain: 'shop.co.uk' }, 'www.shop.co.uk', 'shop.co.uk', 2],
  [{ cookieDomain: 'shop.com.au' }, 'shop.com.au', 'shop.com.au', 2],
  [{ cookieDomain: 'www.shop.example' }, 'www.shop.example', 'www.shop.example', 2],
  [{ cookieDomain: 'shop.example' }, 'myshop.example', null, 1],
  [{ cookieDomain: 'other.example' }, 'shop.example', null, 1],
  [{ cookieDomain: 'localhost' }, 'localhost:3000', null, 1],
  [{ cookieDomain: () => 'shop.example; Secure' }, 'shop.example', null, 1],
  [{ cookieDomain: (host) => host.replace(/^www\./, '') }, 'www.shop.example', 'shop.example', 1],
  [{ cookieDomain: () => undefined }, 'www.shop.co.uk', null, 1],
  [
    {
      cookieDomain() {
        throw new Error('boom')
      },
    },
    'shop.example',
    null,
    1,
  ],
  [PLAIN, 'www.shop.co.uk', null, 1],
]

const OWN = 'session=1; Path=/'

/** What the application does to the response of a new visitor, and the lines that leave. */
const ANSWERS: readonly [name: string, answer: WireAnswer, lines: readonly (string | RegExp)[]][] =
  [
    ['a later setHeader', { setHeader: { 'Set-Cookie': OWN } }, [OWN, NEW_LINE]],
    [
      'a later setHeader of a list',
      { setHeader: { 'set-cookie': [OWN, 'b=2'] } },
      [OWN, 'b=2', NEW_LINE],
    ],
    ['writeHead', { writeHead: { 'Set-Cookie': OWN } }, [OWN, NEW_LINE]],
    [
      'writeHead after setHeader',
      { setHeader: { 'Set-Cookie': 'gone=1' }, writeHead: { 'Set-Cookie': [OWN, 'b=2'] } },
      [OWN, 'b=2', NEW_LINE],
    ],
    [
      'writeHead without cookies',
      { setHeader: { 'Set-Cookie': OWN }, writeHead: { 'X-Own': '1' } },
      [OWN, NEW_LINE],
    ],
    [
      'writeHead with a flat list',
      { writeHead: ['Set-Cookie', OWN, 'X-Own', '1', 'Set-Cookie', 'b=2'] },
      [OWN, 'b=2', NEW_LINE],
    ],
    [
      'a _fbp of its own',
      { setHeader: { 'Set-Cookie': '_fbp=fb.1.1596403881668.7' } },
      ['_fbp=fb.1.1596403881668.7'],
    ],
    ['clearing _fbp', { setHeader: { 'Set-Cookie': '_fbp=; Max-Age=0' } }, ['_fbp=; Max-Age=0']],
    ['a private page', { setHeader: { 'Cache-Control': 'private, max-age=60' } }, [NEW_LINE]],
    [
      'a page to be asked for again',
      { setHeader: { 'Cache-Control': 'public, max-age=0' } },
      [NEW_LINE],
    ],
    ['a page that caches share', { setHeader: { 'Cache-Control': 'public, max-age=60' } }, []],
    [
      'a page that caches share by writeHead',
      { writeHead: { 'cache-control': 's-maxage=60' } },
      [],
    ],
  ]

export const COOKIE_CASES: readonly RequestCase[] = [
  ...PAGES.map(
    ([name, isPage, request]): RequestCase => ({
      name: `${name} ${isPage ? 'sets' : 'does not set'} the cookie of a new visitor`,
      request,
      expected: { fbp: NEW_FBP, cookies: isPage ? [NEW_LINE] : [] },
    }),
  ),
  ...[
    {
      name: 'denied consent gives no cookie and no context',
      setup: DENIED,
      expected: { ...NOTHING, consent: 'denied' as const },
    },
    {
      name: 'a consent function that throws counts as denied',
      setup: FAILING,
      expected: { ...NOTHING, consent: 'denied' as const },
    },
    {
      name: 'pending consent gives no cookie',
      setup: PENDING,
      expected: { fbp: NEW_FBP, consent: 'pending' as const },
    },
    {
      name: 'a consent function that knows nothing counts as pending',
      setup: SILENT,
      expected: { fbp: NEW_FBP, consent: 'pending' as const },
    },
    {
      name: 'limited consent gives a cookie',
      setup: LIMITED,
      expected: { fbp: NEW_FBP, consent: 'ldu' as const, cookies: [NEW_LINE] },
    },
    {
      name: 'granted consent gives a cookie',
      setup: ASKED,
      expected: { fbp: NEW_FBP, cookies: [NEW_LINE] },
    },
    { name: 'cookies can be switched off', setup: UNASKED, expected: { fbp: NEW_FBP } },
  ].map((one): RequestCase => ({ request: NEW, ...one })),
  ...DOMAINS.map(([setup, host, domain, index], at): RequestCase => {
    const attributes = domain === null ? '' : `; Domain=${domain}`
    return {
      name: `cookie domain ${at + 1}: on ${host} the cookie belongs to ${domain ?? 'the host alone'}`,
      setup,
      request: { ...NEW, host, target: '/p?fbclid=AbC' },
      expected: {
        url: /./,
        fbc: fbcOf('AbC', index),
        fbp: new RegExp(NEW_FBP.source.replace('1', String(index))),
        cookies: [
          cookieLine('_fbc', { value: 'AbC', attributes, index }),
          cookieLine('_fbp', { attributes, index }),
        ],
      },
    }
  }),
  {
    name: 'a cookie of an encrypted page is Secure',
    request: { ...NEW, isEncrypted: true },
    expected: {
      url: /^https:/,
      fbp: NEW_FBP,
      cookies: [cookieLine('_fbp', { attributes: '; Secure' })],
    },
  },
  {
    name: 'a visitor who has both cookies gets none',
    request: { headers: [['cookie', `_fbp=${FBP}; _fbc=${FBC}`]] },
    expected: { fbc: FBC },
  },
  ...ANSWERS.map(
    ([name, answer, cookies]): RequestCase => ({
      name: `the cookie of a new visitor and ${name}`,
      request: NEW,
      answer,
      expected: { fbp: NEW_FBP, cookies },
    }),
  ),
]
