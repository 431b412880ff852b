import { refused, taken } from '@capi/testing'
import { beforeEach, describe, expect, it } from 'vitest'
import { buy, down, PIXEL, sum, testWorld, type World } from '../test-world.ts'

const MINUTE_MS = 60_000

let clock: World['clock']
let network: World['network']
let drops: World['drops']
let logger: World['logger']
let client: World['client']

beforeEach(() => {
  ;({ clock, network, drops, logger, client } = testWorld())
})

const laneOf = async (capi: ReturnType<typeof client>) => (await capi.stats()).pixels[PIXEL]
const sizes = () => network.requests.map((request) => request.body.data.length)

describe('what is not Meta’s verdict on the event', () => {
  it.each<[string, Response | Error | 'hang', string]>([
    ['a server error in HTML', new Response('<html>', { status: 502 }), 'http_502'],
    ['a server error of Meta’s', refused(500, { code: 1 }), 'meta_1'],
    ['a captive portal', new Response('<html>hotel</html>', { status: 200 }), 'http_200'],
    [
      'a redirect',
      new Response(null, { status: 302, headers: { location: 'https://evil.example' } }),
      'http_302',
    ],
    ['a yes to none', Response.json({ events_received: 0 }), 'events_received_mismatch'],
    ['a yes cut off', new Response('{"events_rec', { status: 200 }), 'http_200'],
    ['a refused connection', down, 'ECONNREFUSED'],
    ['no answer', 'hang', 'timeout'],
  ])('is sent again after %s, byte for byte', async (_name, answer, code) => {
    const capi = client()
    network.answer(answer)
    await buy(capi, 'order.1')
    await clock.advance(200 + (answer === 'hang' ? 10_000 : 0))
    expect(await laneOf(capi)).toMatchObject({ state: 'retrying', cause: { code }, queued: 1 })
    await clock.advance(1_000)
    expect(network.requests[1]?.body).toEqual(network.requests[0]?.body)
    expect(await sum(capi)).toEqual({ tracked: 1, delivered: 1, queued: 0, lost: 0 })
    expect(await laneOf(capi)).toEqual({ state: 'open', queued: 0, dead: 0 })
  })

  it('waits longer each time, up to half a minute, and never shorter than half of it', async () => {
    const at: number[] = []
    network.answerAll(() => {
      at.push(clock.tick())
      return down
    })
    const capi = client({ random: () => 1 })
    await buy(capi, 'order.1')
    await clock.advance(20 * MINUTE_MS)
    const waits = at.map((tick, index) => Math.ceil((tick - (at[index - 1] ?? 0)) / 1_000))
    expect(waits.slice(1, 9)).toEqual([1, 2, 4, 8, 16, 30, 30, 30])

    await capi.close({ timeoutMs: 0 })
    at.length = 0
    const hasty = client({ random: () => 0 })
    await buy(hasty, 'order.1')
    await clock.advance(60_000)
    const halves = at.map((tick, index) => Math.ceil((tick - (at[index - 1] ?? 0)) / 500) / 2)
    expect(halves.slice(1, 8)).toEqual([0.5, 1, 2, 4, 8, 15, 15])
  })

  it.each<[string, Response | Error, string]>([
    ['nothing listens there', down, 'no answer from http://localhost:3000. '],
    [
      'the application answers itself',
      new Response('<html>', { status: 404 }),
      'http://localhost:3000 could not take the events. ',
    ],
  ])(
    'names an address that is not Meta’s and the option it comes from: %s',
    async (_name, answer, what) => {
      const capi = client({ baseUrl: 'http://localhost:3000' })
      network.answerAll(() => (answer instanceof Error ? answer : answer.clone()))
      await buy(capi, 'order.1')
      await clock.advance(2_200)
      const [line] = logger.warn.mock.calls.map(([text]) => String(text))
      expect(line).toContain(`pixel 1234567890: ${what}Events stay queued`)
      expect(line).toContain('baseUrl (CAPI_BASE_URL)')
    },
  )

  it('blames Meta alone for an outage that Meta itself reports', async () => {
    const capi = client({ baseUrl: 'http://127.0.0.1:2274' }) // the emulator's
    network.answerAll(() => refused(503, { code: 2 }))
    await buy(capi, 'order.1')
    await clock.advance(2_200)
    const [line] = logger.warn.mock.calls.map(([text]) => String(text))
    expect(line).toContain('Meta could not take the events. ')
    expect(line).not.toContain('baseUrl')
  })

  it('says in whole milliseconds when the next request is due', async () => {
    const capi = client({ random: () => 0.123456789 })
    network.answer(down)
    await buy(capi, 'order.1')
    await clock.advance(200)
    const { nextTryInMs } = (await laneOf(capi)) as { nextTryInMs: number }
    expect(Number.isInteger(nextTryInMs)).toBe(true)
  })

  it('asks with one small request whether Meta is back, then sends side by side', async () => {
    const capi = client({ batch: { maxEvents: 50 } })
    network.answer(down)
    for (let order = 0; order < 300; order++) await buy(capi, `order.${order}`)
    await clock.advance(0)
    expect(sizes()[0]).toBe(50)
    const before = network.requests.length
    await clock.advance(10_000)
    const after = sizes().slice(before)
    expect(Math.max(...after)).toBe(50)
    expect(await sum(capi)).toMatchObject({ tracked: 300, delivered: 300 })
  })
})

describe('throttling', () => {
  it.each<[string, Record<string, string>, number]>([
    ['Retry-After', { 'retry-after': '120' }, 120_000],
    [
      'usage minutes',
      { 'x-business-use-case-usage': '{"1":[{"estimated_time_to_regain_access":2}]}' },
      120_000,
    ],
    ['nothing', {}, 60_000],
  ])('sends nothing inside the wait that %s states, and loses nothing', async (_n, headers, ms) => {
    const capi = client()
    network.answer(
      Response.json({ error: { code: 80004, is_transient: false } }, { status: 400, headers }),
    )
    await buy(capi, 'order.1')
    await clock.advance(200)
    for (let order = 2; order <= 300; order++) await buy(capi, `order.${order}`)
    expect(await laneOf(capi)).toMatchObject({ state: 'throttled', queued: 300 })
    await clock.advance(ms - 1)
    expect(network.requests).toHaveLength(1)
    await clock.advance(ms / 10 + 1_000)
    expect(sizes()[1]).toBeLessThanOrEqual(10)
    expect(await sum(capi)).toMatchObject({ tracked: 300, delivered: 300, lost: 0 })
  })

  it('holds through a storm: no request inside any stated wait', async () => {
    const at: number[] = []
    let untilTick = 0
    network.answerAll((request) => {
      at.push(clock.tick())
      expect(clock.tick()).toBeGreaterThanOrEqual(untilTick)
      if (clock.tick() > 10 * MINUTE_MS) return taken(request)
      untilTick = clock.tick() + 2 * MINUTE_MS
      return Response.json(
        { error: { code: 4 } },
        { status: 400, headers: { 'retry-after': '120' } },
      )
    })
    const capi = client({ batch: { concurrency: 1 } })
    for (let minute = 0; minute < 20; minute++) {
      await buy(capi, `order.${minute}`)
      await clock.advance(MINUTE_MS)
    }
    expect(at.length).toBeLessThan(20)
    expect(await sum(capi)).toMatchObject({ tracked: 20, delivered: 20, lost: 0 })
  })
})

describe('a refused token, permission or dataset', () => {
  it('pauses the lane, logs that once, and goes on when it is fixed: nothing is lost in an hour', async () => {
    let isExpired = true
    network.answerAll((request) =>
      isExpired ? refused(401, { code: 190, error_subcode: 463 }) : taken(request),
    )
    const capi = client()
    for (let minute = 0; minute < 60; minute++) {
      await buy(capi, `order.${minute}`)
      await clock.advance(MINUTE_MS)
    }
    expect(await laneOf(capi)).toMatchObject({ state: 'paused', queued: 60 })
    expect(logger.error.mock.calls).toEqual([[expect.stringContaining('meta_190_463')]])
    isExpired = false
    await clock.advance(6 * MINUTE_MS)
    expect(await sum(capi)).toEqual({ tracked: 60, delivered: 60, queued: 0, lost: 0 })
    expect(drops).toEqual([])
  })

  it('leaves the lanes of other pixels alone', async () => {
    const other = '9876543210'
    network.answerAll((request) =>
      request.url.includes(PIXEL) ? refused(400, { code: 100, error_subcode: 33 }) : taken(request),
    )
    const capi = client({ pixelId: [PIXEL, other] })
    for (let order = 0; order < 5; order++) {
      await buy(capi, `order.${order}`)
      await clock.advance(1_000)
    }
    const { pixels } = await capi.stats()
    expect(pixels).toMatchObject({
      [PIXEL]: { state: 'paused', queued: 5 },
      [other]: { state: 'open', queued: 0 },
    })
    expect(await sum(capi)).toMatchObject({ tracked: 10, delivered: 5, queued: 5 })
  })
})
