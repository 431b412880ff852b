import { type CollectorCase, type PageRequest, sending, VIEW } from './collector-case.ts'

const deep = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`
const many = Array.from({ length: 1_001 }, () => 1)
const inData = (data: string) => `{"event_name":"ViewContent","event_id":"1","custom_data":${data}}`

/** Why, what, how. */
const REFUSED: readonly (readonly [refusal: string, name: string, request: PageRequest])[] = [
  ['origin_not_allowed', 'no origin', { origin: null }],
  ['origin_not_allowed', 'the origin null', { origin: 'null' }],
  ['origin_not_allowed', 'another origin', { origin: 'https://evil.example' }],
  ['origin_not_allowed', 'the origin on http', { origin: 'http://shop.example' }],
  ['origin_not_allowed', 'a subdomain', { origin: 'https://a.shop.example' }],
  ['origin_not_allowed', 'another port', { origin: 'https://shop.example:8443' }],
  [
    'origin_not_allowed',
    'an origin that begins alike',
    { origin: 'https://shop.example.evil.example' },
  ],
  ['content_type', 'a form', { type: 'application/x-www-form-urlencoded' }],
  ['content_type', 'a packed body', { headers: { 'content-encoding': 'gzip' } }],
  ['body_too_large', 'a large body', { body: sending({ pad: 'x'.repeat(17_000) }) }],
  ['malformed', 'no JSON', { body: '{"event_name":' }],
  ['malformed', 'nothing', { body: '' }],
  ['malformed', 'a list', { body: JSON.stringify([VIEW]) }],
  ['malformed', 'a text', { body: '"ViewContent"' }],
  ['malformed', 'an event id that stands for nothing', { body: sending({ event_id: ' null ' }) }],
  ['malformed', 'no event id', { body: sending({ event_id: undefined }) }],
  [
    'malformed',
    'no event id beside a signed event',
    { body: sending({ event_id: null, signed: '1.a.b' }) },
  ],
  ['malformed', 'a numeric event name', { body: sending({ event_name: 1 }) }],
  ['malformed', 'a long event id', { body: sending({ event_id: 'x'.repeat(129) }) }],
  ['malformed', 'custom data that is a list', { body: sending({ custom_data: [] }) }],
  ['malformed', 'a deep body', { body: inData(deep(6)) }],
  ['malformed', 'a very deep body', { body: deep(2_000) }],
  ['malformed', 'many values', { body: sending({ custom_data: { content_ids: many } }) }],
  ['malformed', 'a prototype', { body: inData('{"__proto__":{"a":1}}') }],
  ['event_not_allowed', 'an event that is not listed', { body: sending({ event_name: 'Search' }) }],
  [
    'event_not_allowed',
    'an event of the prototype',
    { body: sending({ event_name: 'constructor' }) },
  ],
  [
    'signature_invalid',
    'a purchase that is not signed',
    { body: sending({ event_name: 'Purchase', custom_data: { value: 1, currency: 'EUR' } }) },
  ],
  [
    'signature_invalid',
    'a purchase with a made-up signature',
    { body: sending({ event_name: 'Purchase', signed: '1.e30.e30' }) },
  ],
]

/** What strangers send, and broken pages. */
export const REFUSED_CASES: readonly CollectorCase[] = [
  ...REFUSED.map(([refused, name, request]) => ({ refused, name, request })),
  {
    // Fastify 5.11 compares the length of the decoded text with Content-Length.
    name: 'bytes that are no text',
    request: { body: new Uint8Array([0xff, 0xfe, 0]) },
    refused: 'malformed',
    isReadByCollector: true,
  },
  {
    name: 'a type that begins alike',
    request: { type: 'text/plainer' },
    refused: 'content_type',
    isReadByCollector: true,
  },
  {
    name: 'a file',
    request: { type: 'multipart/form-data; boundary=x' },
    refused: 'content_type',
    isReadByCollector: true,
  },
  {
    name: 'a body without a type',
    request: { type: null, body: new TextEncoder().encode(JSON.stringify(VIEW)) },
    refused: 'content_type',
    isReadByCollector: true,
  },
]
