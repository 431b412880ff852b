import { beforeEach, describe, expect, it } from 'vitest'
import { CapiStoreError, memoryOutbox } from '../../src/index.ts'
import type { Outbox } from '../../src/outbox.ts'
import { down, lead, PIXEL, page, person, sum, testWorld, type World } from '../test-world.ts'

let world: World
let kept: Outbox
/** What each call of the outbox does now. */
let mode: 'works' | 'hangs' | 'rejects'

beforeEach(() => {
  world = testWorld()
  kept = memoryOutbox()
  mode = 'works'
})

/** A durable outbox that is away when told so, at every call but `close`. */
function mortal(more: Partial<Outbox> = {}): Outbox {
  const call =
    <A extends unknown[], R>(work: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      if (mode === 'hangs') return new Promise(() => {})
      if (mode === 'rejects') throw new CapiStoreError('unavailable', 'The server is away.')
      return work(...args)
    }
  const methods = Object.entries(kept).map(([name, work]) => [name, call(work as never)])
  return { ...(Object.fromEntries(methods) as Outbox), close: async () => [], ...more }
}

async function took<T>(call: () => Promise<T>): Promise<{ result: T; ms: number }> {
  const since = world.clock.tick()
  let ms: number | undefined
  const result = call()
  void result.finally(() => {
    ms = world.clock.tick() - since
  })
  for (let n = 0; ms === undefined && n < 400; n++) await world.clock.advance(n === 0 ? 0 : 100)
  return { result: await result, ms: ms ?? Number.NaN }
}

describe('track', () => {
  it('takes a second at most, and nothing after two time-outs, until the outbox answers again', async () => {
    const capi = world.client({ outbox: mortal() })
    await lead(capi, 'before')
    mode = 'hangs'
    const waits: number[] = []
    for (const id of ['a', 'b', 'c', 'd']) {
      const { result, ms } = await took(() => lead(capi, id))
      expect(result).toMatchObject({ outcome: 'accepted', durable: false })
      waits.push(ms)
    }
    expect(await lead(capi, 'a')).toMatchObject({ outcome: 'duplicate', durable: false })
    expect(waits).toEqual([1_000, 1_000, 0, 0])
    mode = 'works'
    await world.clock.advance(60_000)
    expect(await lead(capi, 'after')).toEqual({
      event_id: 'after',
      outcome: 'accepted',
      issues: [],
    })
    await world.clock.advance(60_000)
    expect(await sum(capi)).toEqual({ tracked: 6, delivered: 6, queued: 0, lost: 0 })
    expect(world.drops).toEqual([])
  })

  it('waits for as long as putTimeoutMs says', async () => {
    const capi = world.client({ outbox: mortal(), putTimeoutMs: 300 })
    await lead(capi, 'before')
    mode = 'hangs'
    expect((await took(() => lead(capi, 'a'))).ms).toBe(300)
  })

  it('drops at once what was tracked in a transaction, and holds nothing of it', async () => {
    const outbox = mortal({ isTransactional: true })
    const capi = world.client({ outbox })
    await lead(capi, 'before')
    mode = 'hangs'
    const inOne = (id: string) =>
      took(() => capi.track('Lead', {}, { ...page, ...person, event_id: id, transaction: {} }))
    const fate = { outcome: 'dropped', reason: 'store_failed' }
    for (const [id, ms] of [
      ['a', 1_000],
      ['b', 1_000],
      ['c', 0],
    ] as const)
      expect(await inOne(id)).toMatchObject({ result: fate, ms })
    expect(await capi.stats()).toMatchObject({ held: 0, unknown: 0 })
    mode = 'works'
    await world.clock.advance(60_000)
    expect((await inOne('d')).result).toMatchObject({ outcome: 'accepted' })
    await world.clock.advance(60_000)
    expect(world.drops.flatMap(({ event_ids }) => event_ids)).toEqual(['a', 'b', 'c'])
    expect(await sum(capi)).toEqual({ tracked: 5, delivered: 2, queued: 0, lost: 3 })
  })

  it('drops what does not fit into memory, with the cause, and reports it', async () => {
    const capi = world.client({ outbox: mortal(), whileAway: { maxEvents: 2 } })
    await lead(capi, 'before')
    mode = 'rejects'
    const receipts = []
    for (const id of ['a', 'b', 'c']) receipts.push(await lead(capi, id))
    expect(receipts.map(({ outcome, durable }) => [outcome, durable])).toEqual([
      ['accepted', false],
      ['accepted', false],
      ['dropped', undefined],
    ])
    const cause = { code: 'store_unavailable' }
    expect(world.drops).toEqual([
      { reason: 'store_failed', count: 1, pixelId: PIXEL, event_ids: ['c'], cause },
    ])
    expect(await capi.stats()).toMatchObject({ tracked: 4, held: 1, unknown: 1, queued: undefined })
  })

  it('sends none of those that were dropped so, though their put takes effect later', async () => {
    let isSlow = true
    const put: Outbox['put'] = async (items, time) => {
      if (isSlow) await new Promise<void>((resolve) => world.clock.after(3_000, resolve))
      return kept.put(items, time)
    }
    const capi = world.client({ outbox: { ...kept, put }, whileAway: { maxEvents: 1 } })
    const receipts = Promise.all(['a', 'b', 'c'].map((id) => lead(capi, id)))
    await world.clock.advance(1_000)
    isSlow = false
    expect((await receipts).map(({ outcome }) => outcome)).toEqual([
      'accepted',
      'dropped',
      'dropped',
    ])
    await world.clock.advance(2_000)
    // Tracked again, it is sent: it is in the outbox by now.
    expect(await lead(capi, 'c')).toMatchObject({ outcome: 'duplicate' })
    await world.clock.advance(60_000)
    const ids = world.network.requests.flatMap(({ body }) =>
      body.data.map(({ event_id }) => event_id),
    )
    expect(new Set(ids)).toEqual(new Set(['a', 'c']))
    expect(ids).toHaveLength(2)
    expect(await sum(capi)).toEqual({ tracked: 4, delivered: 2, queued: 0, lost: 2 })
  })

  it('is not lost where the outbox was away from the start', async () => {
    mode = 'rejects'
    const capi = world.client({ outbox: mortal() })
    expect(await lead(capi, 'a')).toMatchObject({ durable: false })
    expect(await capi.stats()).toMatchObject({ tracked: 1, held: 1, outbox: { state: 'away' } })
    mode = 'works'
    await world.clock.advance(60_000)
    expect(await sum(capi)).toMatchObject({ tracked: 1, delivered: 1 })
  })
})

describe('stats', () => {
  it('says that the outbox cannot be reached, and why: never that nothing waits', async () => {
    const capi = world.client({ outbox: mortal() })
    world.network.answer('hang')
    await lead(capi, 'before')
    await world.clock.advance(500)
    expect(await capi.stats()).toMatchObject({ queued: 1, outbox: { state: 'ready' } })
    mode = 'rejects'
    await lead(capi, 'a')
    await lead(capi, 'b')
    const stats = await capi.stats()
    expect(stats).toMatchObject({ tracked: 3, queued: undefined, held: 1, unknown: 1 })
    expect(stats.outbox).toEqual({ state: 'away', cause: { code: 'store_unavailable' } })
    expect(stats.pixels[PIXEL]).toMatchObject({ state: 'open' })
  })

  it('answers within putTimeoutMs, and at once when the outbox is known to hang', async () => {
    const capi = world.client({ outbox: mortal() })
    await lead(capi, 'before')
    mode = 'hangs'
    expect(await took(() => capi.stats())).toMatchObject({
      ms: 1_000,
      result: { queued: undefined, outbox: { state: 'away', cause: { code: 'store_timeout' } } },
    })
    await took(() => lead(capi, 'a'))
    await took(() => lead(capi, 'b'))
    expect((await took(() => capi.stats())).ms).toBe(0)
    for (const call of [() => capi.deadLetters.list(), () => capi.deadLetters.purge('all')])
      expect((await took(() => call().catch((error) => error.problem))).result).toBe('timeout')
    expect((await took(() => capi.flush({ timeoutMs: 2_000 }))).ms).toBeLessThanOrEqual(3_000)
  })

  it('counts what the outbox holds, not what the other counts leave', async () => {
    const capi = world.client({ outbox: mortal() })
    world.network.answer('hang')
    await lead(capi, 'a')
    // Somebody emptied it: the counts say so.
    await kept.removeMatching([], { limit: 9 })
    const { items } = await kept.lease(
      { lane: PIXEL, maxEvents: 9, maxBytes: 1e6, leaseMs: 1e6 },
      { tickMs: 0, nowMs: 0 },
    )
    await kept.settle(
      items.map((token) => ({ kind: 'expired', token })),
      { tickMs: 0, nowMs: 0 },
    )
    expect(await capi.stats()).toMatchObject({ tracked: 1, delivered: 0, queued: 0 })
  })
})

describe('close', () => {
  it('tries once more what is held', async () => {
    const capi = world.client({ outbox: mortal() })
    await lead(capi, 'before')
    mode = 'rejects'
    for (const id of ['a', 'b']) await lead(capi, id)
    mode = 'works'
    // No time passes: the fake clock stands still.
    expect(await capi.close()).toEqual({ delivered: 3, dropped: 0, queued: 0 })
  })

  it('then drops it, counted and reported with the cause', async () => {
    const capi = world.client({ outbox: mortal() })
    await lead(capi, 'before')
    await world.clock.advance(1_000)
    mode = 'rejects'
    for (const id of ['a', 'b']) await lead(capi, id)
    const closed = capi.close({ timeoutMs: 1_000 })
    await world.clock.advance(5_000)
    expect(await closed).toEqual({ delivered: 0, dropped: 2, queued: undefined })
    expect(world.drops).toMatchObject([
      { reason: 'store_failed', event_ids: ['a'], cause: { code: 'store_unavailable' } },
      { reason: 'store_failed', event_ids: ['b'], cause: { code: 'store_unavailable' } },
    ])
    expect(await sum(capi)).toMatchObject({ tracked: 3, delivered: 1, lost: 2 })
  })
})

describe('a shared outbox', () => {
  it('remembers random ids too, so that a repeated put finds an event that another process delivered', async () => {
    const seen: number[] = []
    const outbox = (sharedAs: 'producer' | undefined) => ({
      ...memoryOutbox(),
      ...(sharedAs && { sharedAs }),
      async put(items: readonly { rememberUntilMs: number }[]) {
        for (const { rememberUntilMs } of items) seen.push(rememberUntilMs)
        return items.map(() => 'accepted' as const)
      },
    })
    for (const sharedAs of ['producer', undefined] as const)
      await world.client({ outbox: outbox(sharedAs) }).track('Lead', {}, { ...page, ...person })
    expect(seen).toEqual([world.clock.now() + 600_000, 0])
  })
})

it('logs a loss that goes on once a minute, with all that was lost since', async () => {
  const capi = world.client({ outbox: memoryOutbox({ maxEvents: 1 }) })
  world.network.answerAll(() => down)
  for (let n = 0; n < 180; n++) {
    await lead(capi, `${n}`)
    await world.clock.advance(1_000)
  }
  const lines = world.logger.warn.mock.calls.map(([line]) => line)
  const said = lines.filter((line) => line.includes('queue_full'))
  expect(said.map((line) => /(\d+) events? w/.exec(line)?.[1])).toEqual(['1', '60', '60'])
})

describe('close of an outbox that takes no events', () => {
  const closed = async (put: Outbox['put']) => {
    const capi = world.client({ outbox: { ...kept, put } })
    const ids = Array.from({ length: 10 }, (_one, n) => `e${n}`)
    await Promise.all(ids.map((id) => lead(capi, id)))
    await lead(capi, 'last')
    const { result } = await took(() => capi.close({ timeoutMs: 200 }))
    expect(result).toEqual({ delivered: 0, dropped: 11, queued: 0 })
    expect(await sum(capi)).toEqual({ tracked: 11, delivered: 0, queued: 0, lost: 11 })
    const told = world.drops.flatMap(({ event_ids }) => event_ids)
    expect(told.sort()).toEqual([...ids, 'last'].sort())
  }

  it('reports each event once, and that none waits', () =>
    closed(async () => {
      throw new CapiStoreError('unavailable', 'The server is away.')
    }))

  it('reports each event once also where the puts took effect', () =>
    closed(async (...args) => {
      await kept.put(...args)
      throw new CapiStoreError('unavailable', 'The answer was lost.')
    }))
})
