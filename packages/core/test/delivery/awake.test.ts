import { chance, refused } from '@capi/testing'
import { beforeEach, describe, expect, it } from 'vitest'
import { type Clock, memoryOutbox } from '../../src/index.ts'
import type { Outbox } from '../../src/outbox.ts'
import { down, lead, PIXEL, sum, testWorld, type World } from '../test-world.ts'

let world: World

beforeEach(() => {
  world = testWorld()
})

describe('a lane that holds events', () => {
  it('never falls asleep, though timers fire early and time passes between two looks', async () => {
    const { clock, network, client } = world
    let drift = 0
    const real: Clock = {
      now: () => clock.now(),
      tick() {
        drift += 0.3
        return clock.tick() + drift
      },
      // Node cuts a delay to whole milliseconds.
      after: (delayMs, callback) => clock.after(Math.max(0, Math.floor(delayMs) - 1), callback),
    }
    const capi = client({ clock: real, retry: { baseDelayMs: 5, maxDelayMs: 5 } })
    network.answerAll(() => down)
    await lead(capi, 'a')
    await clock.advance(300)
    for (let round = 0; round < 40; round++) {
      const before = network.requests.length
      await clock.advance(100)
      expect(network.requests.length, `round ${round}`).toBeGreaterThan(before)
    }
  })

  it('starts as many senders for batches full of bytes as for batches full of events', async () => {
    const { clock, client } = world
    let together = 0
    let most = 0
    const fetch: typeof globalThis.fetch = async (_url, init) => {
      most = Math.max(most, ++together)
      await new Promise<void>((resolve) => void clock.after(50, resolve))
      together--
      const { data } = JSON.parse(typeof init?.body === 'string' ? init.body : '') as { data: [] }
      return Response.json({ events_received: data.length })
    }
    const capi = client({ fetch, batch: { maxBytes: 2_000 } })
    await Promise.all(Array.from({ length: 40 }, (_one, i) => lead(capi, `${i}`)))
    await clock.advance(5_000)
    expect(most).toBe(4)
    expect(await sum(capi)).toMatchObject({ delivered: 40 })
  })
})

describe('a stated wait', () => {
  it('holds for requests that were only being prepared when it came', async () => {
    const { clock, network, client } = world
    const outbox = memoryOutbox()
    const slow =
      <A extends unknown[], R>(call: (...args: A) => Promise<R>) =>
      async (...args: A) => {
        await new Promise<void>((resolve) => void clock.after(150, resolve))
        return call(...args)
      }
    const capi = client({
      batch: { maxEvents: 2 },
      accessToken: slow(async () => 'token'),
      outbox: {
        ...outbox,
        lease: slow((...args: Parameters<Outbox['lease']>) => outbox.lease(...args)),
      },
    })
    network.answer(
      Response.json({ error: { code: 4 } }, { status: 400, headers: { 'retry-after': '60' } }),
      down,
    )
    await Promise.all(Array.from({ length: 20 }, (_one, i) => lead(capi, `${i}`)))
    await clock.advance(500)
    const sent = network.requests.length
    expect((await capi.stats()).pixels[PIXEL]).toMatchObject({ state: 'throttled' })
    await clock.advance(59_000)
    expect(network.requests.length).toBe(sent)
    await clock.advance(60_000)
    expect(await sum(capi)).toMatchObject({ tracked: 20, delivered: 20 })
  })
})

describe('events that Meta refuses, one after the other', () => {
  it('hold up the good ones no longer than it takes to find them', async () => {
    const { clock, network, client } = world
    const random = chance(1)
    const capi = client({ random: () => random.next() })
    network.answerAll((request) =>
      request.body.data.some((event) => String(event['event_id']).startsWith('bad'))
        ? refused(400, { code: 100, error_subcode: 2804050 })
        : Response.json({ events_received: request.body.data.length }),
    )
    for (let second = 0; second < 120; second++) {
      for (let i = 0; i < 10; i++) void lead(capi, `${i < 6 ? 'bad' : 'good'}.${second}.${i}`)
      await clock.advance(1_000)
    }
    await clock.advance(60_000)
    expect(await sum(capi)).toEqual({ tracked: 1_200, delivered: 480, queued: 0, lost: 720 })
  })

  it('wait one by one too while the lane is paused for the same refusal', async () => {
    const { clock, network, client } = world
    const capi = client()
    let isBroken = true
    network.answerAll((request) =>
      isBroken
        ? refused(400, { code: 100, error_subcode: 777 })
        : Response.json({ events_received: request.body.data.length }),
    )
    await Promise.all(['a', 'b', 'c'].map((id) => lead(capi, id)))
    await clock.advance(1_000)
    expect((await capi.stats()).pixels[PIXEL]).toMatchObject({ state: 'paused', queued: 3 })
    isBroken = false
    await clock.advance(60_000)
    expect(await sum(capi)).toMatchObject({ delivered: 3, lost: 0 })
  })
})

describe('an outbox that cannot answer', () => {
  it('costs a request no more than putTimeoutMs, and what it took late is counted once', async () => {
    const { clock, drops, client } = world
    const outbox = memoryOutbox()
    let release = () => {}
    const hanging = new Promise<void>((resolve) => {
      release = resolve
    })
    const capi = client({
      putTimeoutMs: 2_000,
      outbox: {
        ...outbox,
        async put(items, time) {
          await hanging
          return outbox.put(items, time)
        },
      },
    })
    const tracked = lead(capi, 'a')
    await clock.advance(2_000)
    expect(await tracked).toMatchObject({ outcome: 'accepted', durable: false })
    expect(await capi.stats()).toMatchObject({ tracked: 1, queued: 0, unknown: 1 })
    release()
    await clock.advance(1_000)
    expect(await sum(capi)).toEqual({ tracked: 1, delivered: 1, queued: 0, lost: 0 })
    expect(drops).toEqual([])
  })

  it('does not keep close waiting, nor stop the other pixels’ lanes', async () => {
    const { clock, network, client } = world
    const outbox = memoryOutbox()
    const capi = client({
      pixelId: [PIXEL, '9876543210'],
      outbox: {
        ...outbox,
        counts: () => Promise.reject(new Error('disk')),
        close: () => new Promise(() => {}),
      },
    })
    await lead(capi, 'a')
    const closed = capi.close({ timeoutMs: 5_000 })
    await clock.advance(6_000)
    expect(await closed).toMatchObject({ delivered: 2, dropped: 0 })
    await clock.advance(120_000)
    expect(network.requests).toHaveLength(2)
  })

  it('counts once what was tracked before it said what it holds', async () => {
    const { clock, client } = world
    const outbox = memoryOutbox()
    let failures = 3
    const capi = client({
      outbox: {
        ...outbox,
        async recover(time) {
          if (failures-- > 0) throw new Error('locked')
          return outbox.recover(time)
        },
      },
    })
    await Promise.all(['a', 'b', 'c'].map((id) => lead(capi, id)))
    await clock.advance(30_000)
    expect(await sum(capi)).toEqual({ tracked: 3, delivered: 3, queued: 0, lost: 0 })
  })
})

it('waits in flush for what was there, not for what keeps coming', async () => {
  const { clock, client } = world
  const fetch: typeof globalThis.fetch = async (_url, init) => {
    await new Promise<void>((resolve) => void clock.after(20, resolve))
    const { data } = JSON.parse(typeof init?.body === 'string' ? init.body : '') as { data: [] }
    return Response.json({ events_received: data.length })
  }
  const capi = client({ fetch })
  let n = 0
  let isDone = false
  const keepTracking = () => {
    if (isDone) return
    void lead(capi, `${n++}`)
    clock.after(5, keepTracking)
  }
  keepTracking()
  await clock.advance(100)
  void capi.flush({ timeoutMs: 60_000 }).then(() => {
    isDone = true
  })
  await clock.advance(1_000)
  expect(isDone).toBe(true)
})

it('takes nonsense for options of flush and close, and for chance', async () => {
  const { clock, network, client } = world
  const capi = client({
    random: () => {
      throw new Error('chance')
    },
  })
  network.answer(down)
  await lead(capi, 'a')
  await clock.advance(200)
  await clock.advance(2_000)
  expect(await capi.flush(null as never)).toMatchObject({ queued: 0 })
  expect(await capi.close(null as never)).toMatchObject({ queued: 0 })
  expect(await sum(capi)).toMatchObject({ tracked: 1, delivered: 1 })
})

it('calls a token that no header can carry what it is', async () => {
  const { clock, network, client, logger } = world
  const capi = client({ accessToken: () => 'token\u200b' })
  await lead(capi, 'a')
  await clock.advance(200)
  expect((await capi.stats()).pixels[PIXEL]).toMatchObject({
    state: 'paused',
    cause: { code: 'access_token_malformed' },
  })
  expect(network.requests).toEqual([])
  expect(logger.error).toHaveBeenCalledTimes(1)
})
