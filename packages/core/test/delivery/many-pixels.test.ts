import { beforeEach, describe, expect, it } from 'vitest'
import { type Capi, memoryOutbox } from '../../src/index.ts'
import type { Outbox } from '../../src/outbox.ts'
import { page, person, testWorld, type World } from '../test-world.ts'

const LATENCY_MS = 50
let world: World
/** Requests on their way, and the most at one time. */
let running: number
let most: number
/** When Meta's answer to a pixel's first request came. */
let answered: Map<string, number>
let isAway: boolean

beforeEach(() => {
  world = testWorld()
  running = 0
  most = 0
  answered = new Map()
  isAway = false
})

const fetch: typeof globalThis.fetch = async (input, init) => {
  most = Math.max(most, ++running)
  try {
    await new Promise<void>((resolve, reject) => {
      init?.signal?.addEventListener('abort', () => reject(new Error('aborted')))
      if (!isAway) world.clock.after(LATENCY_MS, resolve)
    })
  } finally {
    running--
  }
  const pixelId = /\d{10}/.exec(input as string)?.[0] ?? ''
  if (!answered.has(pixelId)) answered.set(pixelId, world.clock.tick())
  return Response.json({ events_received: 1 })
}

const pixelIds = (count: number) =>
  Array.from({ length: count }, (_one, n) => String(2_000_000_000 + n))
const lead = (capi: Capi, pixelId: string, event_id = `lead.${pixelId}`) =>
  capi.with({ pixelId }).track('Lead', {}, { ...page, ...person, event_id })

async function ticksOf(work: Promise<unknown>): Promise<number> {
  const startTick = world.clock.tick()
  let isDone = false
  void work.finally(() => {
    isDone = true
  })
  while (!isDone) await world.clock.advance(10)
  return world.clock.tick() - startTick
}

describe('many pixels', () => {
  it.each([
    [undefined, 64],
    [8, 8],
    [1, 1],
  ])('share maxConnections (%s): at most %i requests are on their way', async (given, bound) => {
    const capi = world.client({ fetch, ...(given && { maxConnections: given }) })
    const count = bound * 5
    await Promise.all(pixelIds(count).map((pixelId) => lead(capi, pixelId)))
    const ticks = await ticksOf(capi.flush())
    expect(await capi.stats()).toMatchObject({ delivered: count, queued: 0 })
    expect(most).toBe(bound)
    expect(ticks).toBe(5 * LATENCY_MS)
  })

  it('also share them without a flush, and with pixels that have many events', async () => {
    const capi = world.client({ fetch, maxConnections: 6, batch: { maxEvents: 1 } })
    for (const pixelId of pixelIds(3))
      for (let n = 0; n < 20; n++) void lead(capi, pixelId, `${pixelId}.${n}`)
    await world.clock.advance(2_000)
    expect(await capi.stats()).toMatchObject({ delivered: 60 })
    expect(most).toBe(6)
  })

  it('take turns: one with a thousand events holds up the others no longer than they do each other', async () => {
    const capi = world.client({
      fetch,
      maxConnections: 8,
      batch: { maxEvents: 10, maxWaitMs: 60_000 },
      outbox: memoryOutbox(),
    })
    const [busy = '', ...others] = pixelIds(201)
    const events = Array.from({ length: 1_000 }, (_one, n) => lead(capi, busy, `busy.${n}`))
    await Promise.all([...events, ...others.map((pixelId) => lead(capi, pixelId))])
    const startTick = world.clock.tick()
    await ticksOf(capi.flush())
    const waits = [...answered.values()].map((tick) => tick - startTick).sort((a, b) => a - b)
    expect(waits).toHaveLength(201)
    expect(waits.at(-1)).toBeLessThanOrEqual(2 * (waits[100] ?? 0))
  })

  it('ask the outbox as often in a flush as one pixel does', async () => {
    let looks = 0
    const kept = memoryOutbox()
    const counts: Outbox['counts'] = () => {
      looks++
      return kept.counts()
    }
    const capi = world.client({ fetch, outbox: { ...kept, counts } })
    await Promise.all(pixelIds(300).map((pixelId) => lead(capi, pixelId)))
    await ticksOf(capi.flush())
    expect(looks).toBeLessThan(10)
  })

  it('are closed at the deadline while Meta does not answer, and each event is counted', async () => {
    isAway = true
    const capi = world.client({ fetch })
    await Promise.all(pixelIds(300).map((pixelId) => lead(capi, pixelId)))
    const closed = capi.close({ timeoutMs: 3_000 })
    expect(await ticksOf(closed)).toBeLessThanOrEqual(3_100)
    expect(await closed).toEqual({ delivered: 0, dropped: 300, queued: 0 })
    expect([running, most]).toEqual([0, 64])
  })

  it('stay in the statistics when they have nothing to send', async () => {
    const capi = world.client({ fetch })
    await Promise.all(pixelIds(3).map((pixelId) => lead(capi, pixelId)))
    await ticksOf(capi.flush())
    const { pixels } = await capi.stats()
    const idle = { state: 'open', queued: 0, dead: 0 }
    expect(pixels).toEqual(Object.fromEntries(pixelIds(3).map((pixelId) => [pixelId, idle])))
    await lead(capi, pixelIds(1)[0] ?? '', 'again')
    await world.clock.advance(1_000)
    expect(await capi.stats()).toMatchObject({ delivered: 4 })
  })
})
