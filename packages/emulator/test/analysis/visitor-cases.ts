import { bought, type Case, fbpOf, times } from './plays.ts'
import { HOUR_MS } from './support.ts'

/** Those that compare events of many visitors. */
export const VISITOR_CASES: readonly Case[] = [
  [
    'client_ip_shared',
    5,
    ({ server }) =>
      times(5, (i) => server({ user_data: { client_ip_address: '127.0.0.1', fbp: fbpOf(i) } })),
    ({ server }) =>
      times(5, (i) =>
        server({
          event_source_url: 'http://127.0.0.1:3000/',
          user_data: { client_ip_address: '127.0.0.1', fbp: fbpOf(i) },
        }),
      ),
  ],
  [
    'event_id_repeated',
    2,
    async ({ server, nowSec }) => [
      await server({ event_id: 'a' }),
      await server({ event_id: 'a', event_time: nowSec() - 1 }),
    ],
    async ({ server, browser }) => [
      await server({ event_id: 'a' }),
      await server({ event_id: 'a' }),
      await server({ event_id: 'a', event_name: 'Lead' }),
      await browser({ eid: 'a' }),
    ],
  ],
  [
    'event_id_repeated',
    2,
    async ({ server, wait, nowSec }) => {
      const event_time = nowSec()
      await server({ event_id: 'a', event_time })
      wait(24 * HOUR_MS + 1)
      await server({ event_id: 'a', event_time })
    },
    async ({ server, wait, nowSec }) => {
      const event_time = nowSec()
      await server({ event_id: 'a', event_time })
      wait(24 * HOUR_MS)
      await server({ event_id: 'a', event_time })
    },
  ],
  [
    'event_retried',
    2,
    async ({ server }) => [await server({ event_id: 'a' }), await server({ event_id: 'a' })],
    // Both count once, with the browser's.
    async ({ browser, server }) => [
      await browser({ eid: 'a' }),
      await server({ event_id: 'a' }),
      await server({ event_id: 'a' }),
    ],
  ],
  [
    'pair_value_differs',
    1,
    async ({ browser, server }) => [
      await browser({ ev: 'Purchase', eid: 'a', 'cd[value]': '99', 'cd[currency]': 'USD' }),
      await server({ event_id: 'a', ...bought(11) }),
    ],
    // Texts, capitals, half a coin and the order of products are no difference.
    async ({ browser, server }) => [
      await browser({
        ev: 'Purchase',
        eid: 'a',
        'cd[value]': '11.001',
        'cd[currency]': 'eur',
        'cd[content_ids]': '["b","a"]',
        'cd[order_id]': '7',
      }),
      await server({
        event_id: 'a',
        event_name: 'Purchase',
        custom_data: { value: 11, currency: 'EUR', content_ids: ['a', 'b'], order_id: 7 },
      }),
    ],
  ],
  [
    'counted_twice',
    2,
    async ({ browser, server }) => [
      await browser({ eid: 'O20' }),
      await server({ event_id: 'o20' }),
    ],
    async ({ browser, server }) => [
      await browser({ eid: 'o20' }),
      await server({ event_id: 'o20' }),
    ],
  ],
  [
    'order_id_repeated',
    2,
    async ({ server }) => {
      for (const event_id of ['a', 'b']) {
        await server({
          ...bought(1),
          event_id,
          custom_data: { value: 1, currency: 'EUR', order_id: '7' },
        })
      }
    },
    async ({ server }) => {
      for (const order_id of ['7', '8']) {
        await server({
          ...bought(1),
          event_id: order_id,
          custom_data: { value: 1, currency: 'EUR', order_id },
        })
      }
    },
  ],
  [
    'client_ip_shared',
    5,
    ({ server }) =>
      times(5, (i) => server({ user_data: { client_ip_address: '203.0.113.7', fbp: fbpOf(i) } })),
    ({ server }) =>
      times(5, (i) =>
        server({ user_data: { client_ip_address: '203.0.113.7', fbp: fbpOf(i % 4) } }),
      ),
  ],
  [
    'client_ip_shared',
    5,
    ({ server }) =>
      times(16, (i) =>
        server({
          user_data: {
            client_ip_address: i < 5 ? '203.0.113.7' : `198.51.100.${i}`,
            fbp: fbpOf(i),
          },
        }),
      ),
    ({ server }) =>
      times(17, (i) =>
        server({
          user_data: {
            client_ip_address: i < 5 ? '203.0.113.7' : `198.51.100.${i}`,
            fbp: fbpOf(i),
          },
        }),
      ),
  ],
  [
    'client_ip_mismatch',
    1,
    async ({ browser, server }) => [
      await browser({ eid: 'a' }, { 'x-forwarded-for': '203.0.113.7' }),
      await server({ event_id: 'a', user_data: { client_ip_address: '198.51.100.1' } }),
    ],
    async ({ browser, server }) => [
      await browser({ eid: 'a' }, { 'x-forwarded-for': '203.0.113.7' }),
      await server({ event_id: 'a', user_data: { client_ip_address: '2001:db8::1' } }),
    ],
  ],
  [
    'client_ip_v4',
    1,
    async ({ browser, server }) => [
      await browser({}, { 'x-forwarded-for': '2001:db8::1' }),
      await server({ user_data: { client_ip_address: '198.51.100.1' } }),
    ],
    async ({ browser, server }) => [
      await browser({}, { 'x-forwarded-for': '2001:db8::1' }),
      await server({ user_data: { client_ip_address: '198.51.100.1' } }),
      await server({ user_data: { client_ip_address: '2001:db8::1' } }),
    ],
  ],
]
