import { describe, expect, it } from 'vitest'
import { FBP, HOUR_MS, MINUTE_MS, scene } from './support.ts'

type Scene = ReturnType<typeof scene>

describe('pairs', () => {
  it('name both halves, what they share and what they do not', async () => {
    const { emulator, browser, server, wait } = scene()
    await browser({
      eid: 'a',
      fbp: FBP,
      'cd[value]': '12',
      'cd[currency]': 'EUR',
      dl: 'https://shop.example/',
    })
    wait(420)
    await server({
      event_id: 'a',
      user_data: { fbp: FBP },
      custom_data: { value: 12, currency: 'USD' },
    })
    const { pairs, near_misses } = emulator.pairs()
    expect(near_misses).toEqual([])
    expect(pairs).toMatchObject([
      {
        browser: 1,
        server: 2,
        kept: 1,
        key: 'event_id',
        pixel_id: '42',
        event_name: 'PageView',
        delay_ms: 420,
      },
    ])
    expect(pairs[0]?.verdict).toBe(
      'Meta counts 12 EUR from the browser, not 12 USD from the server. Counted once by event_id: the server event came 420 ms later, and the browser event counts. The server adds em.',
    )
    expect(pairs[0]?.differences.map(({ path }) => path)).toEqual([
      'user_data.em',
      'custom_data.currency',
    ])
    expect(pairs[0]?.differences[1]).toEqual({
      path: 'custom_data.currency',
      browser: 'EUR',
      server: 'USD',
    })
  })

  it('say so when the browser came second', async () => {
    const { emulator, browser, server } = scene()
    await server({ event_id: 'a' })
    await browser({ eid: 'a' })
    expect(emulator.pairs().pairs[0]?.verdict).toMatch(
      /the browser event came 0 ms later, and the server event counts/,
    )
  })
})

/** What is nearly a pair, and the nearest that is none at all. */
const MISSES: readonly [
  reason: string,
  miss: (s: Scene) => Promise<unknown>,
  none: (s: Scene) => Promise<unknown>,
][] = [
  [
    'event_name_case',
    async ({ browser, server }) => [
      await browser({ eid: 'a', ev: 'pageview' }),
      await server({ event_id: 'a' }),
    ],
    async ({ browser, server }) => [
      await browser({ eid: 'a', ev: 'Lead' }),
      await server({ event_id: 'a' }),
    ],
  ],
  [
    'event_id_spaces',
    async ({ browser, server }) => [await browser({ eid: 'a ' }), await server({ event_id: 'a' })],
    async ({ browser, server }) => [
      await browser({ eid: 'a b' }),
      await server({ event_id: 'ab' }),
    ],
  ],
  [
    'event_id_case',
    async ({ browser, server }) => [
      await browser({ eid: 'Order-1' }),
      await server({ event_id: 'order-1' }),
    ],
    async ({ browser, server }) => [
      await browser({ eid: 'Order-1' }),
      await server({ event_id: 'order-2' }),
    ],
  ],
  [
    'event_id_number',
    async ({ browser, server }) => [await browser({ eid: '17' }), await server({ event_id: 17 })],
    async ({ browser, server }) => [await browser({ eid: '17' }), await server({ event_id: 18 })],
  ],
  [
    'event_id_missing',
    async ({ browser, server }) => [
      await server({ event_id: 'a', custom_data: { order_id: '7' } }),
      await browser({ 'cd[order_id]': '7' }),
    ],
    async ({ browser, server }) => [
      await server({ event_id: 'a', custom_data: { order_id: '7' } }),
      await browser({ 'cd[order_id]': '8' }),
    ],
  ],
  [
    'pixel_id',
    async ({ browser, server }) => [
      await browser({ id: '43', eid: 'a' }),
      await server({ event_id: 'a' }),
    ],
    async ({ browser, server }) => [
      await browser({ id: '43', eid: 'b' }),
      await server({ event_id: 'a' }),
    ],
  ],
  [
    'order_id',
    async ({ browser, server }) => [
      await browser({ eid: 'a', 'cd[order_id]': '7' }),
      await server({ event_id: 'b', custom_data: { order_id: 7 } }),
    ],
    async ({ browser, server, wait }) => [
      await browser({ eid: 'a', 'cd[order_id]': '7' }),
      wait(10 * MINUTE_MS + 1),
      await server({ event_id: 'b', custom_data: { order_id: 7 } }),
    ],
  ],
  [
    'fbp_and_value',
    async ({ browser, server }) => [
      await browser({ eid: 'a', fbp: FBP, 'cd[value]': '9.50' }),
      await server({
        event_id: 'b',
        user_data: { fbp: FBP },
        custom_data: { value: 9.5, currency: 'EUR' },
      }),
    ],
    async ({ browser, server }) => [
      await browser({ eid: 'a', fbp: FBP, 'cd[value]': '9.51' }),
      await server({
        event_id: 'b',
        user_data: { fbp: FBP },
        custom_data: { value: 9.5, currency: 'EUR' },
      }),
    ],
  ],
  [
    'server_first',
    async ({ browser, server }) => [
      await server({ user_data: { fbp: FBP } }),
      await browser({ fbp: FBP }),
    ],
    async ({ browser, server }) => [
      await browser({ fbp: FBP }),
      await server({ user_data: { fbp: FBP } }),
    ],
  ],
  [
    'too_late',
    async ({ browser, server, wait }) => [
      await browser({ eid: 'a' }),
      wait(48 * HOUR_MS + 1),
      await server({ event_id: 'a' }),
    ],
    async ({ browser, server, wait }) => [
      await browser({ eid: 'a' }),
      wait(48 * HOUR_MS),
      await server({ event_id: 'a' }),
    ],
  ],
]

describe('near misses', () => {
  it.each(MISSES)('tell of %s, and not of the nearest other thing', async (reason, miss, none) => {
    const missed = scene()
    await miss(missed)
    expect(missed.emulator.pairs()).toMatchObject({ pairs: [], near_misses: [{ reason }] })
    expect(missed.emulator.pairs().near_misses[0]?.verdict).toMatch(
      /^Would have been counted once, but \w/,
    )
    const other = scene()
    await none(other)
    expect(other.emulator.pairs().near_misses).toEqual([])
  })

  it('tell of an event once', async () => {
    const { emulator, browser, server } = scene()
    await browser({ eid: 'A' })
    await server({ event_id: 'a' })
    await server({ event_id: 'a ' })
    expect(emulator.pairs().near_misses).toHaveLength(1)
  })
})
