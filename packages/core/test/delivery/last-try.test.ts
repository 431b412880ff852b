import { refused, taken } from '@capi/testing'
import { beforeEach, describe, expect, it } from 'vitest'
import { type Capi, memoryOutbox } from '../../src/index.ts'
import type { Outbox } from '../../src/outbox.ts'
import { lead, PIXEL, sum, testWorld, type World } from '../test-world.ts'

let world: World
/** Whether Meta answers with 503. */
let isAway: boolean

beforeEach(() => {
  world = testWorld()
  isAway = true
  world.network.answerAll((request) =>
    isAway ? new Response('<html>', { status: 503 }) : taken(request),
  )
})

/** Meta was away for so long, while events came, and has been back for half a second. */
async function outage(capi: Capi, { forMs, everyMs }: { forMs: number; everyMs: number }) {
  for (let ms = 0, n = 0; ms < forMs; ms += everyMs, n++) {
    if (n === 0 || everyMs < forMs) await lead(capi, `${n}`)
    await world.clock.advance(everyMs)
  }
  isAway = false
  await world.clock.advance(500)
}

const nextTryInMs = async (capi: Capi) => (await capi.stats()).pixels[PIXEL]?.nextTryInMs ?? 0

/** What the call gives, and how long it took on the fake clock. */
async function took<T>(
  call: () => Promise<T>,
): Promise<{ readonly ms: number; readonly result: T }> {
  const startTick = world.clock.tick()
  let isDone = false
  const promise = call().finally(() => {
    isDone = true
  })
  while (!isDone) await world.clock.advance(10)
  return { ms: world.clock.tick() - startTick, result: await promise }
}

describe.each(['close', 'flush'] as const)('%s just after an outage', (method) => {
  it.each([
    ['many events', 18_000, 12],
    ['a single event', 70_000, 70_000],
    ['a single event, for an hour', 3_600_000, 3_600_000],
  ])(
    'delivers %s although the next try lies beyond the deadline',
    async (_name, forMs, everyMs) => {
      const capi = world.client({ random: () => 0.95, retry: { maxDelayMs: 300_000 } })
      await outage(capi, { forMs, everyMs })
      const { tracked } = await sum(capi)
      expect(await nextTryInMs(capi)).toBeGreaterThan(1_000)
      const { result } = await took(() => capi[method]({ timeoutMs: 1_000 }))
      expect(result).toEqual({ delivered: tracked, dropped: 0, queued: 0 })
    },
  )

  it('sends nothing within a wait that Meta stated', async () => {
    world.network.answer(
      Response.json({ error: { code: 4 } }, { status: 400, headers: { 'retry-after': '120' } }),
    )
    isAway = false
    const capi = world.client()
    await lead(capi, 'a')
    await world.clock.advance(500)
    const { ms } = await took(() => capi[method]())
    expect(ms).toBeLessThan(1_000)
    expect(world.network.requests).toHaveLength(1)
  })

  it('sends nothing within the wait that a server in trouble stated', async () => {
    const headers = { 'retry-after': '60' }
    world.network.answer(new Response('<html>', { status: 503, headers }))
    isAway = false
    const capi = world.client()
    await lead(capi, 'a')
    await world.clock.advance(500)
    await took(() => capi[method]())
    expect(world.network.requests).toHaveLength(1)
  })

  it('asks with ten events first, and tries nothing with no time to wait', async () => {
    const capi = world.client({ random: () => 0.95 })
    await outage(capi, { forMs: 70_000, everyMs: 500 })
    const before = world.network.requests.length
    expect(await nextTryInMs(capi)).toBeGreaterThan(100)
    if (method === 'flush') {
      await took(() => capi.flush({ timeoutMs: 0 }))
      expect(world.network.requests).toHaveLength(before)
    }
    await took(() => capi[method]({ timeoutMs: 5_000 }))
    expect(world.network.requests[before]?.body.data.length).toBeLessThanOrEqual(10)
  })
})

it('close asks until its deadline where the events would be lost: Meta comes back meanwhile', async () => {
  const capi = world.client({ random: () => 0.95 })
  await lead(capi, 'a')
  await world.clock.advance(60_000)
  const closed = capi.close({ timeoutMs: 10_000 })
  await world.clock.advance(4_000)
  isAway = false
  await world.clock.advance(6_000)
  expect(await closed).toEqual({ delivered: 1, dropped: 0, queued: 0 })
})

it('close does not wait for a refused token, which a person must replace', async () => {
  world.network.answerAll(() => refused(401, { code: 190 }))
  const capi = world.client()
  await lead(capi, 'a')
  await world.clock.advance(60_000)
  const { ms, result } = await took(() => capi.close())
  expect(result).toEqual({ delivered: 0, dropped: 1, queued: 0 })
  expect(ms).toBeLessThan(1_000)
})

it('an event for which Meta fails holds up no others, be there two', async () => {
  world.network.answerAll((request) =>
    request.body.data.some((event) => event['event_id'] === 'bad')
      ? refused(500, { code: 1 })
      : taken(request),
  )
  const capi = world.client()
  await Promise.all(['bad', 'good'].map((id) => lead(capi, id)))
  await world.clock.advance(1_800_000)
  expect(await sum(capi)).toMatchObject({ tracked: 2, delivered: 1, queued: 1 })
})

describe('close of a durable outbox', () => {
  let kept: Outbox
  let calls: number

  beforeEach(() => {
    kept = memoryOutbox()
    calls = 0
  })

  /** Survives its client, as a file does. */
  const durable = (own: Partial<Outbox> = {}): Outbox => ({
    ...kept,
    isDurable: true,
    close: async () => [],
    ...own,
  })

  it.each([
    ['of one process', {}],
    ['that processes share', { sharedAs: 'worker' } as const],
  ])(
    '%s takes under a second while Meta hangs, and the next one sends what waits',
    async (_name, own) => {
      const capi = world.client({ outbox: durable(own) })
      world.network.answer('hang', 'hang', 'hang')
      for (let n = 0; n < 300; n++) await lead(capi, `${n}`)
      await world.clock.advance(100)
      const { ms, result } = await took(() => capi.close({ timeoutMs: 30_000 }))
      expect(ms).toBeLessThan(1_000)
      expect(result).toEqual({ delivered: 0, dropped: 0, queued: 300 })
      isAway = false
      const next = world.client({ outbox: durable(own) })
      await world.clock.advance(1_000)
      // No lease is left to run out.
      expect(await next.stats()).toMatchObject({ delivered: 300, queued: 0 })
    },
  )

  it('waits for answers on their way, and counts them', async () => {
    isAway = false
    const fetch: typeof globalThis.fetch = async (_url, init) => {
      calls++
      await new Promise<void>((resolve) => void world.clock.after(400, resolve))
      const { data } = JSON.parse(typeof init?.body === 'string' ? init.body : '') as { data: [] }
      return Response.json({ events_received: data.length })
    }
    const capi = world.client({ outbox: durable(), fetch })
    for (const id of ['a', 'b']) await lead(capi, id)
    const { ms, result } = await took(() => capi.close())
    expect(result).toEqual({ delivered: 2, dropped: 0, queued: 0 })
    expect([ms < 500, calls]).toEqual([true, 1])
  })

  it('begins no request after the first quarter of a second, however much waits', async () => {
    const at: number[] = []
    const fetch: typeof globalThis.fetch = async (_url, init) => {
      at.push(world.clock.tick())
      await new Promise<void>((resolve) => void world.clock.after(100, resolve))
      const { data } = JSON.parse(typeof init?.body === 'string' ? init.body : '') as { data: [] }
      return Response.json({ events_received: data.length })
    }
    const capi = world.client({ outbox: durable(), fetch, batch: { maxEvents: 1 } })
    for (let n = 0; n < 500; n++) void lead(capi, `${n}`)
    const startTick = world.clock.tick()
    const { ms, result } = await took(() => capi.close())
    expect(ms).toBeLessThan(1_000)
    expect(Math.max(...at) - startTick).toBeLessThanOrEqual(250)
    expect(result.delivered + (result.queued ?? 0)).toBe(500)
    expect(result.queued).toBeGreaterThan(0)
  })

  it('goes on until its deadline for events that only the process holds: the file may be free soon', async () => {
    isAway = false
    let isLocked = true
    const capi = world.client({
      outbox: durable({
        async put(...args) {
          if (isLocked) throw new Error('locked')
          return kept.put(...args)
        },
      }),
    })
    for (const id of ['a', 'b', 'c']) await lead(capi, id)
    expect(await capi.stats()).toMatchObject({ outbox: { state: 'away' }, tracked: 3 })
    const closed = capi.close()
    await world.clock.advance(4_000)
    isLocked = false
    await world.clock.advance(1_000)
    expect(await closed).toEqual({ delivered: 3, dropped: 0, queued: 0 })
  })
})
