import { FBP, HOUR_MS, type scene } from './support.ts'

type Scene = ReturnType<typeof scene>
type Play = (s: Scene) => Promise<unknown>

async function times(count: number, play: (index: number) => Promise<unknown>): Promise<void> {
  for (let index = 0; index < count; index++) await play(index)
}

const fbpOf = (index: number) => `fb.1.1596403881668.${1_000_000_000 + index}`
const bought = (value: number) => ({
  event_name: 'Purchase',
  custom_data: { value, currency: 'EUR', content_ids: ['a'] },
})
const clicked = (clickId: string) => `fb.1.1793491100123.${clickId}`

/** What triggers a diagnostic over many events, and the nearest that does not. */
export const CASES: readonly (readonly [rule: string, affected: number, bad: Play, good: Play])[] =
  [
    [
      'coverage_low',
      3,
      ({ browser, server }) =>
        times(10, async (i) => [
          await browser({ eid: `${i}` }),
          i < 7 && (await server({ event_id: `${i}` })),
        ]),
      ({ browser, server }) =>
        times(10, async (i) => [
          await browser({ eid: `${i}` }),
          i < 8 && (await server({ event_id: `${i}` })),
        ]),
    ],
    [
      'coverage_low',
      10,
      ({ browser }) => times(10, (i) => browser({ eid: `${i}` })),
      ({ browser }) => times(9, (i) => browser({ eid: `${i}` })),
    ],
    [
      'deduplication_weak',
      2,
      async ({ browser, server }) => [await browser({ eid: 'a' }), await server({ event_id: 'b' })],
      async ({ browser, server }) => [await browser({ eid: 'a' }), await server({ event_id: 'a' })],
    ],
    [
      'deduplication_weak',
      2,
      ({ browser, server }) =>
        times(20, async (i) => [
          await browser(i < 18 ? { eid: `${i}` } : {}),
          i < 18 && (await server({ event_id: `${i}` })),
        ]),
      ({ browser, server }) =>
        times(20, async (i) => [
          await browser(i < 19 ? { eid: `${i}` } : {}),
          i < 19 && (await server({ event_id: `${i}` })),
        ]),
    ],
    [
      'match_quality_low',
      1,
      ({ server }) => server({ user_data: {} }),
      ({ server }) => server({ user_data: { fbp: FBP, client_ip_address: '203.0.113.7' } }),
    ],
    [
      // A page event of a visitor who has not said who they are is normal; a purchase without a person is not.
      'match_quality_low',
      1,
      ({ server }) =>
        server({ ...bought(1), user_data: { em: undefined, external_id: 'visit-1' } }),
      ({ server }) => server({ user_data: { em: undefined, external_id: 'visit-1' } }),
    ],
    [
      // A local machine has no public address.
      'match_quality_low',
      1,
      ({ server }) => server({ user_data: {} }),
      ({ server }) => server({ event_source_url: 'http://localhost:3000/', user_data: {} }),
    ],
    [
      'match_quality_anonymous',
      1,
      ({ server }) => server({ user_data: { em: undefined, fbp: FBP } }),
      ({ server }) => server({ user_data: { fbp: FBP } }),
    ],
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
    [
      'fbc_modified',
      1,
      async ({ browser, server }) => [
        await browser({ fbp: FBP, fbc: clicked('AbC') }),
        await server({ user_data: { fbp: FBP, fbc: clicked('abc') } }),
      ],
      async ({ browser, server }) => [
        await browser({ fbp: FBP, fbc: clicked('Old') }),
        await browser({ fbp: FBP, fbc: clicked('AbC') }),
        await server({ user_data: { fbp: FBP, fbc: 'fb.2.1793491100999.AbC' } }),
      ],
    ],
    [
      'purchase_values_alike',
      16,
      ({ server }) => times(20, (i) => server(bought(i < 16 ? 9.5 : i))),
      ({ server }) => times(20, (i) => server(bought(i < 15 ? 9.5 : i))),
    ],
    [
      'purchase_values_alike',
      20,
      ({ server }) => times(20, () => server(bought(9.5))),
      ({ server }) => times(19, () => server(bought(9.5))),
    ],
    [
      'data_late',
      1,
      ({ server, nowSec }) => server({ event_time: nowSec() - 7201 }),
      ({ server, nowSec }) => server({ event_time: nowSec() - 7200 }),
    ],
    [
      'data_late',
      1,
      ({ server, nowSec }) => server({ event_time: nowSec() - 90_000 }),
      ({ server, nowSec }) =>
        server({ event_time: nowSec() - 90_000, action_source: 'physical_store' }),
    ],
    [
      'test_code_everywhere',
      201,
      ({ server }) => times(201, () => server({}, { test_event_code: 'TEST1' })),
      ({ server }) => times(200, () => server({}, { test_event_code: 'TEST1' })),
    ],
    [
      'test_code_everywhere',
      2,
      async ({ server, wait }) => [
        await server({}, { test_event_code: 'TEST1' }),
        wait(24 * HOUR_MS + 1),
        await server({}, { test_event_code: 'TEST1' }),
      ],
      async ({ server, wait }) => [
        await server({}, { test_event_code: 'TEST1' }),
        wait(24 * HOUR_MS),
        await server({}, { test_event_code: 'TEST1' }),
      ],
    ],
  ]
