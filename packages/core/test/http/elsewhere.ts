import {
  createRequestTracker,
  type RequestLike,
  type RequestTrackerOptions,
  requestContext,
} from '../../src/adapter.ts'
import { type ActionSource, type CapiOptions, createCapi, sha256 } from '../../src/index.ts'

/** A payment service's request, with the cookies that a visitor's would have. */
const HEADERS: Readonly<Record<string, string>> = {
  host: 'shop.example',
  'user-agent': 'Stripe/1.0',
  referer: 'https://shop.example/pay',
  cookie: '_fbp=fb.1.1700000000000.111; _fbc=fb.1.1700000000000.IwAR0click',
}
export const REQUEST: RequestLike = {
  url: '/stripe?fbclid=IwAR0click',
  header: (name) => HEADERS[name.toLowerCase()],
  remoteAddress: '203.0.113.7',
}
export const SALE = { value: 9, currency: 'EUR' } as const
export const ANNA = { em: 'anna@example.com' }
export const ANNA_HASHED = { em: [sha256('anna@example.com')] }
/** Where an event without a browser can happen. */
export const ELSEWHERE = [
  'system_generated',
  'phone_call',
  'email',
  'chat',
  'physical_store',
  'other',
] as const

export function world(options: RequestTrackerOptions = {}, more: CapiOptions = {}) {
  const sent: Record<string, unknown>[] = []
  const client = createCapi({
    pixelId: '1234567890',
    accessToken: 'token',
    logger: { warn() {}, error() {} },
    async fetch(_url, init) {
      const { data } = JSON.parse(init?.body as string) as { data: Record<string, unknown>[] }
      sent.push(...data)
      return Response.json({ events_received: data.length })
    },
    ...more,
  })
  let reads = 0
  const read = () => {
    reads++
    return requestContext(REQUEST, { nowMs: 1_700_000_000_000 })
  }
  return {
    client,
    tracker: createRequestTracker(client, read, {
      user: () => ({ external_id: 'visitor' }),
      ...options,
    }),
    reads: () => reads,
    sent: async () => {
      await client.flush()
      return sent
    },
  }
}
export type Tracker = ReturnType<typeof world>['tracker']

/** The three ways in, each with one event. */
export const WAYS: readonly [
  string,
  (tracker: Tracker, action_source: ActionSource) => Promise<unknown>,
][] = [
  [
    'track',
    (tracker, action_source) =>
      tracker.track('Purchase', SALE, { action_source, user_data: ANNA } as never),
  ],
  [
    'enqueue',
    (tracker, action_source) =>
      tracker.enqueue({
        event_name: 'Purchase',
        action_source,
        user_data: ANNA,
        custom_data: SALE,
      } as never),
  ],
  [
    'enqueue of a list',
    (tracker, action_source) =>
      tracker.enqueue([
        { event_name: 'Purchase', action_source, user_data: ANNA, custom_data: SALE },
      ] as never),
  ],
  [
    'send',
    (tracker, action_source) =>
      tracker.send({
        event_name: 'Purchase',
        action_source,
        user_data: ANNA,
        custom_data: SALE,
      } as never),
  ],
  [
    'send of a payload',
    (tracker, action_source) =>
      tracker.send({
        data: [{ event_name: 'Purchase', action_source, user_data: ANNA, custom_data: SALE }],
      } as never),
  ],
  [
    'with an action_source',
    (tracker, action_source) =>
      tracker.with({ action_source }).track('Purchase', SALE, { user_data: ANNA }),
  ],
  [
    'send under with',
    (tracker, action_source) =>
      tracker
        .with({ action_source, user_data: ANNA })
        .send({ event_name: 'Purchase', custom_data: SALE }),
  ],
]
