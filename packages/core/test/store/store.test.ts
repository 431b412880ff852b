import { beforeEach, describe, expect, it } from 'vitest'
import { memoryOutbox } from '../../src/index.ts'
import type { LeaseToken, Outbox } from '../../src/outbox.ts'
import { outboxItem } from '../../src/outbox-test.ts'
import { lead, PIXEL, sum, testWorld, type World } from '../test-world.ts'

const MINUTE_MS = 60_000
let world: World
let kept: Outbox

beforeEach(() => {
  world = testWorld()
  kept = memoryOutbox()
})

/** The first so many calls never answer. */
function hangs<A extends unknown[], R>(times: number, call: (...args: A) => Promise<R>) {
  let left = times
  return (...args: A): Promise<R> => (left-- > 0 ? new Promise(() => {}) : call(...args))
}

describe('an outbox that hangs', () => {
  it.each(['lease', 'settle', 'recover', 'takeExpired', 'renew'] as const)(
    'at %s stalls no lane: after timeoutMs it is asked again',
    async (method) => {
      const outbox = { ...kept, [method]: hangs(2, kept[method] as () => Promise<never>) }
      const capi = world.client({ outbox, timeoutMs: 2_000 })
      for (const id of ['a', 'b']) void lead(capi, id)
      await world.clock.advance(5 * MINUTE_MS)
      expect(await sum(capi)).toMatchObject({ tracked: 2, delivered: 2, queued: 0 })
    },
  )

  it('hands out again at once what it handed out after the time-out', async () => {
    let calls = 0
    const late: typeof kept.lease = async (request, time) => {
      const lease = await kept.lease(request, time)
      if (++calls === 1) await new Promise<void>((resolve) => world.clock.after(2_100, resolve))
      return lease
    }
    const outbox = { ...kept, leaseMs: MINUTE_MS, lease: late }
    const capi = world.client({ outbox, timeoutMs: 2_000, random: () => 0.5 })
    await lead(capi, 'a')
    await world.clock.advance(5_000)
    expect(await sum(capi)).toMatchObject({ delivered: 1 })
  })

  it('is reported once, with its problem', async () => {
    const outbox = {
      ...kept,
      lease: hangs(3, (...args: Parameters<Outbox['lease']>) => kept.lease(...args)),
    }
    const capi = world.client({ outbox, timeoutMs: 2_000 })
    await lead(capi, 'a')
    await world.clock.advance(3_000)
    expect((await capi.stats()).pixels[PIXEL]).toMatchObject({ cause: { code: 'store_timeout' } })
    await world.clock.advance(MINUTE_MS / 2)
    expect(world.logger.error.mock.calls).toEqual([
      [expect.stringContaining('did not answer within 2000 ms')],
    ])
  })

  it('keeps neither stats nor dead letters waiting', async () => {
    const outbox = {
      ...kept,
      counts: hangs(9, () => kept.counts()),
      readDead: hangs(9, async () => []),
    }
    const capi = world.client({ outbox, timeoutMs: 2_000 })
    const stats = capi.stats()
    const letters = expect(capi.deadLetters.list()).rejects.toMatchObject({ problem: 'timeout' })
    await world.clock.advance(2_000)
    const isAway = { state: 'away', cause: { code: 'store_timeout' } }
    expect(await stats).toMatchObject({ queued: undefined, outbox: isAway, pixels: {} })
    await letters
  })

  it('is believed when it says late what it gave up', async () => {
    let answer = () => {}
    const late = new Promise<void>((resolve) => {
      answer = resolve
    })
    const takeExpired: Outbox['takeExpired'] = async () => {
      await late
      return { losses: [{ lane: PIXEL, reason: 'expired', event_id: 'old' }] }
    }
    const capi = world.client({ outbox: { ...kept, takeExpired }, timeoutMs: 2_000 })
    const flushed = capi.flush({ timeoutMs: 3_000 })
    await world.clock.advance(4_000)
    await flushed
    answer()
    await world.clock.advance(0)
    expect(world.drops).toMatchObject([{ reason: 'expired', count: 1, event_ids: ['old'] }])
  })
})

describe('leases', () => {
  const renewals: { readonly at: number; readonly ids: readonly string[] }[] = []

  function watched(): Outbox {
    renewals.length = 0
    return {
      ...kept,
      renew(tokens: readonly LeaseToken[], leaseMs, time) {
        renewals.push({ at: time.tickMs, ids: tokens.map(({ id }) => id) })
        return kept.renew(tokens, leaseMs, time)
      },
    }
  }

  it('are renewed three times as often as they last, until they are settled', async () => {
    const capi = world.client({ outbox: watched(), timeoutMs: 50_000 })
    world.network.answer('hang')
    await lead(capi, 'a')
    await world.clock.advance(45_000)
    expect(renewals.map(({ at }) => Math.round(at / 1_000))).toEqual([20, 40])
    expect(renewals[0]?.ids).toHaveLength(1)
    await world.clock.advance(10 * MINUTE_MS)
    expect(await sum(capi)).toMatchObject({ delivered: 1 })
    const before = renewals.length
    await world.clock.advance(60 * MINUTE_MS)
    expect(renewals).toHaveLength(before)
  })

  it('are renewed while the outbox cannot take note of what came of them: none is sent twice', async () => {
    let isBroken = true
    const outbox = {
      ...watched(),
      settle: async (...args: Parameters<Outbox['settle']>) => {
        if (isBroken) throw new Error('disk')
        return kept.settle(...args)
      },
    }
    const capi = world.client({ outbox })
    await lead(capi, 'a')
    await world.clock.advance(5 * MINUTE_MS)
    isBroken = false
    await world.clock.advance(10 * MINUTE_MS)
    expect(world.network.requests).toHaveLength(1)
    expect(await sum(capi)).toMatchObject({ delivered: 1, queued: 0 })
  })

  it('are given up after a quarter of an hour: what hangs for so long does not come back', async () => {
    const outbox = { ...watched(), settle: () => Promise.reject(new Error('disk')) }
    const capi = world.client({ outbox })
    await lead(capi, 'a')
    await world.clock.advance(60 * MINUTE_MS)
    expect(renewals.length).toBeGreaterThan(40)
    expect(Math.max(...renewals.map(({ at }) => at))).toBeLessThan(16 * MINUTE_MS)
  })

  it('of a process that stands still run out: another call gets the event', async () => {
    const capi = world.client({ outbox: kept, timeoutMs: 30 * MINUTE_MS })
    world.network.answer('hang')
    await lead(capi, 'a')
    await world.clock.advance(1_000)
    const time = { tickMs: world.clock.tick() + 2 * MINUTE_MS, nowMs: world.clock.now() }
    const request = { lane: PIXEL, maxEvents: 9, maxBytes: 1e6, leaseMs: MINUTE_MS }
    const { items } = await kept.lease(request, time)
    expect(items).toMatchObject([{ event_id: 'a', fence: 2 }])
    expect(await sum(capi)).toMatchObject({ tracked: 1, queued: 1 })
  })
})

describe('what an outbox gives up', () => {
  it('is reported in one drop for each pixel and reason, step after step', async () => {
    const steps: readonly Awaited<ReturnType<Outbox['takeExpired']>>[] = [
      { losses: [{ lane: PIXEL, reason: 'expired', event_id: 'a' }], hasMore: true },
      { losses: [{ lane: PIXEL, reason: 'store_failed', count: 3 }], hasMore: true },
      {
        losses: [
          { lane: PIXEL, reason: 'expired', event_id: 'b' },
          { lane: '2222222222', reason: 'expired', event_id: 'c' },
        ],
      },
    ]
    let step = 0
    const takeExpired = async () => steps[step++] ?? { losses: [] }
    await world.client({ outbox: { ...kept, takeExpired } }).flush()
    const told = world.drops.map(({ reason, pixelId, count, event_ids }) => [
      reason,
      pixelId,
      count,
      event_ids,
    ])
    expect(told).toEqual([
      ['expired', PIXEL, 2, ['a', 'b']],
      ['store_failed', PIXEL, 3, []],
      ['expired', '2222222222', 1, ['c']],
    ])
  })

  it('is reported also when a later step fails, and one that never ends is not believed', async () => {
    let steps = 0
    const takeExpired = async () => {
      if (++steps === 3) throw new Error('disk')
      const loss = { lane: PIXEL, reason: 'expired', event_id: `${steps}` } as const
      return { losses: [loss], hasMore: true as const }
    }
    const capi = world.client({ outbox: { ...kept, takeExpired } })
    await capi.flush()
    expect(world.drops).toMatchObject([{ count: 2, event_ids: ['1', '2'] }])
    await capi.flush()
    expect(steps).toBeLessThan(2_000)
  })
})

describe('a replay', () => {
  const letters = (count: number, lane = PIXEL) =>
    Array.from({ length: count }, (_one, n) => outboxItem(`e${n}`, { lane }))

  async function bury(outbox: Outbox, items: readonly ReturnType<typeof outboxItem>[]) {
    const time = { tickMs: 0, nowMs: world.clock.now() }
    await outbox.put(items, time)
    const request = { lane: PIXEL, maxEvents: 9_999, maxBytes: 1e9, leaseMs: MINUTE_MS }
    const leased = (await outbox.lease(request, time)).items
    const cause = { code: 'meta_100' }
    await outbox.settle(
      leased.map((token) => ({ kind: 'dead', token, cause })),
      time,
    )
  }

  it('sends all of them again, also of many pages', async () => {
    await bury(kept, letters(900))
    const capi = world.client({ outbox: kept })
    expect(await capi.deadLetters.list({ limit: 700 })).toHaveLength(700)
    expect(await capi.deadLetters.replay('all')).toEqual({
      replayed: { [PIXEL]: 900 },
      expired: 0,
      duplicate: 0,
      full: 0,
    })
    await world.clock.advance(10_000)
    expect(await sum(capi)).toMatchObject({ tracked: 900, delivered: 900 })
    expect(await capi.deadLetters.list()).toEqual([])
  })

  it('says of each what came of it: too old, tracked again, no room', async () => {
    const outbox = memoryOutbox({ maxEvents: 700 })
    await bury(outbox, letters(600))
    await bury(outbox, [outboxItem('old', { expiresAtMs: world.clock.now() + 1_000 })])
    const time = { tickMs: 0, nowMs: world.clock.now() }
    await outbox.put(
      ['e0', ...Array.from({ length: 650 }, (_one, n) => `new${n}`)].map((id) => outboxItem(id)),
      time,
    )
    await world.clock.advance(1_000)
    const capi = world.client({ outbox, fetch: () => new Promise(() => {}) })
    expect(await capi.deadLetters.replay('all')).toEqual({
      replayed: { [PIXEL]: 49 },
      expired: 1,
      duplicate: 1,
      full: 550,
    })
    expect(await capi.deadLetters.list({ limit: 1_000 })).toHaveLength(550)
  })

  it('counts what the outbox takes only after the deadline', async () => {
    await bury(kept, letters(2))
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    const put: Outbox['put'] = async (...args) => {
      await held
      return kept.put(...args)
    }
    const capi = world.client({ outbox: { ...kept, put }, putTimeoutMs: 2_000 })
    const replay = expect(capi.deadLetters.replay('all')).rejects.toMatchObject({
      problem: 'timeout',
    })
    await world.clock.advance(2_000)
    await replay
    release()
    await world.clock.advance(10_000)
    expect(await sum(capi)).toMatchObject({ tracked: 2, delivered: 2, queued: 0 })
  })
})
