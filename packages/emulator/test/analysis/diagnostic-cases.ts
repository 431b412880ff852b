import { bought, type Case, times } from './plays.ts'
import { FBP, HOUR_MS } from './support.ts'
import { VISITOR_CASES } from './visitor-cases.ts'

const clicked = (clickId: string) => `fb.1.1793491100123.${clickId}`

/** What triggers a diagnostic over many events, and the nearest that does not. */
export const CASES: readonly Case[] = [
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
    ({ server }) => server({ ...bought(1), user_data: { em: undefined, external_id: 'visit-1' } }),
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
  ...VISITOR_CASES,
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
