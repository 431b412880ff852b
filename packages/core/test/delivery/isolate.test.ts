import { chance, refused, type SentRequest, taken } from '@capi/testing'
import { describe, expect, it } from 'vitest'
import { isolate } from '../../src/delivery/isolate.ts'
import { PIXEL, page, person, sum, testWorld } from '../test-world.ts'

/** Requests that §4 of the design allows for k bad events among n, the refused batch included. */
const bound = (n: number, k: number) => k + 1 + k * (Math.ceil(Math.log2(n)) + 1)

describe('the search for bad events', () => {
  async function run(n: number, bad: ReadonlySet<number>, hints: boolean) {
    let requests = 1
    const delivered = new Set<number>()
    let last: readonly number[] = Array.from({ length: n }, (_one, index) => index)
    const result = await isolate(last, {
      async send(some) {
        requests++
        last = some
        if (some.some((one) => bad.has(one))) return 'refused'
        for (const one of some) delivered.add(one)
        return 'delivered'
      },
      isAlike: () => true,
      isProven: false,
      blamed: () => (hints ? last.find((one) => bad.has(one)) : undefined),
    })
    return { ...result, requests, delivered }
  }

  it.each([
    [100, 1],
    [100, 3],
    [100, 10],
    [1_000, 1],
    [1_000, 3],
    [1_000, 10],
    [7, 1],
    [3, 1],
    [2, 1],
  ])(
    'finds among %i the %i bad ones within the bound, and delivers every other once',
    async (n, k) => {
      let systemic = 0
      for (let seed = 0; seed < 50; seed++) {
        const random = chance(seed)
        const bad = new Set<number>()
        while (bad.size < k) bad.add(random.index(n))
        for (const hints of [false, true]) {
          const { guilty, undecided, isSystemic, requests, delivered } = await run(n, bad, hints)
          if (isSystemic) {
            systemic++
            continue
          }
          expect(new Set(guilty), `seed ${seed}`).toEqual(bad)
          expect(delivered.size).toBe(n - k)
          expect(undecided).toEqual([])
          expect(requests).toBeLessThanOrEqual(hints ? 1 + 2 * k + bound(n, 1) : bound(n, k))
        }
      }
      expect(systemic).toBeLessThan(2)
    },
  )

  it('stops believing hints that point at the innocent', async () => {
    let requests = 1
    let last: readonly number[] = Array.from({ length: 100 }, (_one, index) => index)
    const { guilty, undecided } = await isolate(last, {
      async send(some) {
        requests++
        last = some
        return some.includes(37) ? 'refused' : 'delivered'
      },
      isAlike: () => true,
      isProven: false,
      blamed: () => last[0],
    })
    expect({ guilty, undecided }).toEqual({ guilty: [37], undecided: [] })
    expect(requests).toBeLessThanOrEqual(bound(100, 1) + 2)
  })

  it('seldom takes a hundred events of which sixty are bad for a lane that takes none, and condemns no good one', async () => {
    let systemic = 0
    for (let seed = 0; seed < 1_000; seed++) {
      const random = chance(seed)
      const bad = new Set<number>()
      while (bad.size < 60) bad.add(random.index(100))
      const { guilty, isSystemic, delivered } = await run(100, bad, false)
      if (isSystemic) systemic++
      else expect(new Set(guilty), `seed ${seed}`).toEqual(bad)
      expect([...delivered].every((one) => !bad.has(one))).toBe(true)
    }
    expect(systemic).toBeLessThan(40)
  })

  it('sees within 16 requests that none of a hundred would pass, and condemns none', async () => {
    const all = new Set(Array.from({ length: 100 }, (_one, index) => index))
    const { isSystemic, requests, delivered } = await run(100, all, false)
    expect({ isSystemic, delivered: delivered.size }).toEqual({ isSystemic: true, delivered: 0 })
    expect(requests).toBeLessThanOrEqual(16)
    expect(await run(3, new Set([0, 1, 2]), false)).toMatchObject({ isSystemic: true })
    expect(await run(2, new Set([0, 1]), false)).toMatchObject({
      isSystemic: false,
      guilty: [0, 1],
    })
  })
})

describe('a batch with bad events', () => {
  const isBad = (event: Record<string, unknown>) => String(event['event_id']).startsWith('bad')
  const dataset = (request: SentRequest) =>
    request.body.data.some(isBad)
      ? refused(400, { code: 100, error_subcode: 2804050, is_transient: false })
      : taken(request)

  it.each([1, 3, 10])('costs the %i of them among 1,000 and no other', async (k) => {
    const { clock, network, drops, client } = testWorld()
    const random = chance(k)
    const capi = client({ random: () => random.next() })
    const bad = new Set<number>()
    while (bad.size < k) bad.add(random.index(1_000))
    network.answerAll(dataset)
    const idOf = (i: number) => (bad.has(i) ? `bad.${i}` : `good.${i}`)
    const fields = Array.from({ length: 1_000 }, (_one, i) => ({ event_id: idOf(i) }))
    await Promise.all(fields.map((one) => capi.track('Lead', {}, { ...page, ...person, ...one })))
    await clock.advance(60_000)
    expect(await sum(capi)).toEqual({ tracked: 1_000, delivered: 1_000 - k, queued: 0, lost: k })
    expect(
      drops.every((drop) => drop.reason === 'rejected' && drop.event_ids[0]?.startsWith('bad')),
    ).toBe(true)
    const letters = await capi.deadLetters.list()
    expect(new Set(letters.map((letter) => letter.event_id))).toEqual(
      new Set([...bad].map((i) => `bad.${i}`)),
    )
    expect(letters.every((letter) => letter.cause.code === 'meta_100_2804050')).toBe(true)
    // Ten batches would do without them; each of them is searched for in a batch of at most 100.
    expect(network.requests.length).toBeLessThanOrEqual(10 + k * (bound(100, 1) - 1))
  })

  it('pauses the lane when Meta refuses every event, and lets all through when it does not', async () => {
    const { clock, network, logger, client } = testWorld()
    const capi = client({ batch: { maxEvents: 50 } })
    let isBroken = true
    network.answerAll((request) =>
      isBroken ? refused(400, { code: 100, error_subcode: 1234567 }) : taken(request),
    )
    const ids = Array.from({ length: 100 }, (_one, i) => ({ event_id: `${i}` }))
    await Promise.all(ids.map((id) => capi.track('Lead', {}, { ...page, ...person, ...id })))
    await clock.advance(1_000)
    expect(network.requests.length).toBeLessThanOrEqual(16)
    expect((await capi.stats()).pixels[PIXEL]).toMatchObject({
      state: 'paused',
      queued: 100,
      dead: 0,
    })
    await clock.advance(3_600_000)
    expect(await sum(capi)).toMatchObject({ delivered: 0, queued: 100, lost: 0 })
    expect(logger.error).toHaveBeenCalledTimes(1)
    isBroken = false
    await clock.advance(600_000)
    expect(await sum(capi)).toMatchObject({ delivered: 100, queued: 0, lost: 0 })
  })

  it('is searched too when Meta’s own error stays with it while others pass', async () => {
    const { clock, network, client } = testWorld()
    const capi = client()
    network.answerAll((request) =>
      request.body.data.some(isBad) ? refused(500, { code: 1 }) : taken(request),
    )
    for (let i = 0; i < 20; i++)
      await capi.track('Lead', {}, { ...page, ...person, event_id: i === 7 ? 'bad' : `good.${i}` })
    for (let minute = 0; minute < 10; minute++) {
      await clock.advance(60_000)
      await capi.track('Lead', {}, { ...page, ...person, event_id: `later.${minute}` })
    }
    await clock.advance(600_000)
    expect(await sum(capi)).toMatchObject({ tracked: 30, delivered: 29, queued: 1, lost: 0 })
  })
})
