import { cookieLine, FBP, fbcOf, type Match, NEW_FBP, type RequestCase } from './request-case.ts'

const DAY_MS = 86_400_000
const daysOld = (days: number) => `fb.1.${Date.now() - days * DAY_MS}.AbC_d-E`
const KNOWN = daysOld(7)
const KNOWN_LONG = `${KNOWN}.AQQBAQAB`
const EXPIRED = daysOld(91)

/** What the address asks for, the visitor's `_fbc`, what is sent, and the click of the cookie that is set. */
const CLICKS: readonly [
  name: string,
  query: string,
  known: string | null,
  fbc: Match,
  set: string | null,
][] = [
  ['becomes fbc, byte for byte', '?fbclid=AbC_d-E', null, fbcOf('AbC_d-E'), 'AbC_d-E'],
  ['is the first of several', '?fbclid=first&fbclid=second', null, fbcOf('first'), 'first'],
  ['stands among other fields', '?a=1&fbclid=AbC&b=2', null, fbcOf('AbC'), 'AbC'],
  ['of another case is another click', '?fbclid=abc_d-e', KNOWN, fbcOf('abc_d-e'), 'abc_d-e'],
  ['that is known keeps its cookie', '?fbclid=AbC_d-E', KNOWN, KNOWN, null],
  ['that is known keeps Meta’s appendix', '?fbclid=AbC_d-E', KNOWN_LONG, KNOWN_LONG, null],
  ['that is new replaces the known one', '?fbclid=New', KNOWN, fbcOf('New'), 'New'],
  ['is missing: the cookie counts', '', KNOWN, KNOWN, null],
  ['is missing: the appendix stays', '', KNOWN_LONG, KNOWN_LONG, null],
  ['is empty: the cookie counts', '?fbclid=', KNOWN, KNOWN, null],
  ['is missing: a cookie older than 90 days does not count', '', EXPIRED, null, null],
  ['that is known for over 90 days gets no new date', '?fbclid=AbC_d-E', EXPIRED, null, null],
  ['that is new replaces an expired one', '?fbclid=New', EXPIRED, fbcOf('New'), 'New'],
  ['of line breaks is none', '?fbclid=a%0d%0aSet-Cookie:x', null, null, null],
  ['of a semicolon is none', '?fbclid=a;Domain=evil.example', null, null, null],
  ['of 5,000 characters is none', `?fbclid=${'a'.repeat(5_000)}`, null, null, null],
  ['in brackets is none', '?fbclid[]=AbC', null, null, null],
  ['in capitals is none', '?FBCLID=AbC', null, null, null],
  ['in the prototype’s name is none', '?__proto__[fbclid]=AbC', null, null, null],
]

/** The `_fbc` cookie alone. */
const FBC_COOKIES: readonly [cookie: string, fbc: Match][] = [
  ['xx.1.1554763741205.AbC', null],
  ['fb.1.notatime.AbC', null],
  ['fb.1.1554763741205.', null],
  ['fb.1.1554763741205.a<b', null],
  ['fb.1.1554763741205.a%0d%0ab', null],
  ['"fb.1.1554763741205.AbC"', null],
  [`fb.1.1554763741205.${'a'.repeat(5_000)}`, null],
]

/** The whole `Cookie` header, and the browser id: null is a new one. */
const FBP_COOKIES: readonly [name: string, cookie: string, fbp: string | null][] = [
  ['among others', `a=b; _fbp=${FBP}; c=d`, FBP],
  ['without blanks', `a=b;_fbp=${FBP};c=d`, FBP],
  ['twice: the first', `_fbp=${FBP}; _fbp=fb.1.1596403881668.9`, FBP],
  ['of a subdomain', '_fbp=fb.2.1596403881668.1116446470', 'fb.2.1596403881668.1116446470'],
  ['with Meta’s appendix', `_fbp=${FBP}.AQQBAQAB`, `${FBP}.AQQBAQAB`],
  ['that is empty', '_fbp=', null],
  ['that is broken', '_fbp=fb.1.x.y', null],
  ['of another’s form', '_fbp=<script>', null],
  ['after a broken one: the first counts', `_fbp=broken; _fbp=${FBP}`, null],
  ['of a name that only ends like it', `x_fbp=${FBP}`, null],
  ['beside names of the prototype', `__proto__=x; constructor=y; toString=z; _fbp=${FBP}`, FBP],
  ['beside cookies without a value', `a; ;;=; _fbp=${FBP}`, FBP],
  ['behind 8,000 characters', `a=${'x'.repeat(8_000)}; _fbp=${FBP}`, FBP],
]

export const CLICK_CASES: readonly RequestCase[] = [
  ...CLICKS.map(
    ([name, query, known, fbc, set]): RequestCase => ({
      name: `a click id ${name}`,
      request: {
        target: `/p${query}`,
        headers: known === null ? [] : [['cookie', `_fbp=${FBP}; _fbc=${known}`]],
      },
      expected: {
        url: /./,
        fbc,
        cookies: set === null ? [] : [cookieLine('_fbc', { value: set })],
      },
    }),
  ),
  {
    name: 'a click id in the referrer counts',
    request: { headers: [['referer', 'https://shop.example/?fbclid=XyZ']] },
    expected: {
      referrer: 'https://shop.example/?fbclid=XyZ',
      fbc: fbcOf('XyZ'),
      cookies: [cookieLine('_fbc', { value: 'XyZ' })],
    },
  },
  {
    name: 'a click id in the address counts before that of the referrer',
    request: {
      target: '/p?fbclid=Own',
      headers: [['referer', 'https://shop.example/?fbclid=XyZ']],
    },
    expected: {
      url: /./,
      referrer: /./,
      fbc: fbcOf('Own'),
      cookies: [cookieLine('_fbc', { value: 'Own' })],
    },
  },
  ...FBC_COOKIES.map(
    ([cookie, fbc]): RequestCase => ({
      name: `the cookie _fbc=${cookie.slice(0, 40)} counts as ${fbc}`,
      request: { headers: [['cookie', `_fbp=${FBP}; _fbc=${cookie}`]] },
      expected: { fbc },
    }),
  ),
  ...FBP_COOKIES.map(
    ([name, cookie, fbp]): RequestCase => ({
      name: `a browser id ${name}`,
      request: { headers: [['cookie', cookie]] },
      expected: fbp === null ? { fbp: NEW_FBP, cookies: [cookieLine('_fbp')] } : { fbp },
    }),
  ),
  {
    name: 'a browser id in the second Cookie line is found',
    request: {
      headers: [
        ['cookie', 'a=b'],
        ['cookie', `_fbp=${FBP}`],
      ],
    },
    expected: {},
  },
  {
    name: 'cookies that a parser left without a prototype harm nothing',
    request: { parsedCookies: { _fbp: 'fb.1.1596403881668.5', __proto__: 'x' } },
    expected: {},
  },
]
