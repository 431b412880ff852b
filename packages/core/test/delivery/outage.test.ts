import { chance } from '@capi/testing'
import { beforeEach, describe, expect, it } from 'vitest'
import { retryDelayMs } from '../../src/delivery/backoff.ts'
import { type Capi, type CapiOptions, memoryOutbox } from '../../src/index.ts'
import { down, lead, PIXEL, sum, testWorld, type World } from '../test-world.ts'

const MINUTE_MS = 60_000

let world: World
let answer: 'taken' | 'hang' | Response | Error
/** When a request left, and with how many events. */
let sent: { readonly atTick: number; readonly events: number }[]

const fetch: typeof globalThis.fetch = async (_url, init) => {
  const { data } = JSON.parse(typeof init?.body === 'string' ? init.body : '') as { data: [] }
  sent.push({ atTick: world.clock.tick(), events: data.length })
  if (answer === 'hang') return new Promise(() => {})
  if (answer instanceof Error) throw answer
  return answer === 'taken' ? Response.json({ events_received: data.length }) : answer.clone()
}

beforeEach(() => {
  world = testWorld()
  sent = []
  answer = 'taken'
})

const client = (options: CapiOptions = {}) => world.client({ fetch, ...options })

async function track(capi: Capi, events: number): Promise<void> {
  for (let n = 0; n < events; n++) void lead(capi, `${world.clock.tick()}.${n}`)
}

/** Meta fails for so long while events come. @returns how long after it was back the first request reached it. */
async function silenceMs(capi: Capi, { forMs, perSecond }: { forMs: number; perSecond: number }) {
  await track(capi, 1)
  await world.clock.advance(1_000)
  answer = new Response('<html>', { status: 503 })
  for (let ms = 0; ms < forMs; ms += 1_000) {
    if (ms === 0 || perSecond > 0) await track(capi, Math.max(1, perSecond))
    await world.clock.advance(1_000)
  }
  answer = 'taken'
  const [before, backTick] = [sent.length, world.clock.tick()]
  while (sent.length === before) await world.clock.advance(250)
  return (sent[before]?.atTick ?? 0) - backTick
}

describe('after an outage', () => {
  it.each([15_000, 60_000, 5 * MINUTE_MS, 60 * MINUTE_MS])(
    'of %i ms, Meta gets the first events within half a minute, whatever chance draws',
    async (forMs) => {
      for (const drawn of [0, 0.5, 0.99, 1]) {
        const capi = client({ random: () => drawn })
        expect(await silenceMs(capi, { forMs, perSecond: 0 })).toBeLessThanOrEqual(30_000)
        expect(sent.at(-1)?.events).toBeLessThanOrEqual(10)
        await capi.close()
      }
    },
  )

  it('of two minutes at 90 events a second the default outbox has lost none', async () => {
    const capi = client({ random: () => 0.99 })
    expect(await silenceMs(capi, { forMs: 120_000, perSecond: 90 })).toBeLessThanOrEqual(10_000)
    await world.clock.advance(30_000)
    expect(await sum(capi)).toMatchObject({ tracked: 10_801, delivered: 10_801, lost: 0 })
  }, 60_000)

  it('of one whose requests hang, the time they hang counts', async () => {
    const capi = client({ random: () => 1 })
    answer = 'hang'
    await track(capi, 1)
    await world.clock.advance(10 * MINUTE_MS)
    const gaps = sent.map(({ atTick }, n) => atTick - (sent[n - 1]?.atTick ?? 0)).slice(1)
    expect(Math.max(...gaps)).toBeLessThanOrEqual(30_000)
    // Not at once either: each has had its ten seconds, and half a second more.
    expect(Math.min(...gaps)).toBe(10_500)
  })
})

describe('while Meta is away', () => {
  const nextTryInMs = async (capi: Capi) => (await capi.stats()).pixels[PIXEL]?.nextTryInMs ?? 0

  it('a lane asks sooner as events pile up, those of other pixels too', async () => {
    answer = down
    const other = '9876543210'
    const capi = client({ random: () => 1, pixelId: [PIXEL, other] })
    await track(capi, 1)
    await world.clock.advance(120_000)
    while ((await nextTryInMs(capi)) < 29_000) await world.clock.advance(100)
    const tracker = capi.with({ pixelId: other })
    const pile = async (events: number) => {
      const names = Array.from({ length: events }, (_one, n) => `${world.clock.tick()}.pile.${n}`)
      await Promise.all(
        names.map((event_id) =>
          tracker.track(
            'Lead',
            {},
            { action_source: 'other', event_id, user_data: { external_id: 1 } },
          ),
        ),
      )
      return nextTryInMs(capi)
    }
    expect(await pile(4_000 - 2)).toBeLessThanOrEqual(15_000)
    await world.clock.advance(1)
    expect(await pile(16_000)).toBeLessThanOrEqual(5_000)
  })

  it('asks soonest when the outbox takes no more, however small it is', async () => {
    answer = down
    const capi = client({ random: () => 1, outbox: memoryOutbox({ maxEvents: 3 }) })
    await track(capi, 3)
    await world.clock.advance(120_000)
    while ((await nextTryInMs(capi)) < 20_000) await world.clock.advance(100)
    await track(capi, 1)
    await world.clock.advance(1)
    expect(await nextTryInMs(capi)).toBeLessThanOrEqual(5_000)
  })

  it('a wait that the answer states holds, however many events wait', async () => {
    const stated = (headers: Record<string, string>) =>
      new Response('<html>', { status: 503, headers })
    answer = stated({ 'retry-after': '120' })
    const capi = client({ outbox: memoryOutbox({ maxEvents: 3 }) })
    await track(capi, 5)
    await world.clock.advance(119_000)
    expect(sent).toHaveLength(1)
    answer = stated({ 'retry-after': '86400' })
    await world.clock.advance(10_000)
    expect(sent).toHaveLength(2)
    // No proxy silences a pixel for longer than five minutes.
    answer = 'taken'
    await world.clock.advance(5 * MINUTE_MS)
    expect(await sum(capi)).toMatchObject({ delivered: 3, lost: 2 })
  })
})

it('a thousand processes that fail together come back one after the other', () => {
  const PROCESSES = 1_000
  const random = chance(7)
  const retry = { baseDelayMs: 1_000, maxDelayMs: 30_000 }
  const draw = () => random.next()
  const perSecond = new Map<number, number>()
  const atSecond = (second: number) => perSecond.get(second) ?? 0
  for (let process = 0; process < PROCESSES; process++) {
    // Their first failures fall within one second.
    let ms = draw() * 1_000
    for (let attempt = 1; ms < 10 * MINUTE_MS; attempt++) {
      ms += retryDelayMs(attempt, retry, draw)
      const second = Math.floor(ms / 1_000)
      perSecond.set(second, atSecond(second) + 1)
    }
  }
  const probes = [...perSecond.values()].reduce((all, one) => all + one, 0)
  const most = (from: number) =>
    Math.max(...[...perSecond].map(([second, count]) => (second < from ? 0 : count)))
  // Of all that they send in ten minutes, no second gets more than a few per cent; …
  expect(most(0) / probes).toBeLessThan(0.04)
  expect(most(10) / probes).toBeLessThan(0.01)
  // … nor are more than a few of a hundred there in the second in which Meta is back, from the second minute on.
  expect(most(60) / PROCESSES).toBeLessThan(0.08)
  expect(most(180) / PROCESSES).toBeLessThan(0.07)
  expect(probes / PROCESSES).toBeLessThan(35)
})
