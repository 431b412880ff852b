import { refused, taken } from '@capi/testing'
import { beforeEach, describe, expect, it } from 'vitest'
import { type Capi, memoryOutbox } from '../../src/index.ts'
import { down, lead, PIXEL, testWorld, type World } from '../test-world.ts'

const OTHER = '9876543210'
const MINUTE_MS = 60_000

let world: World
/** What Meta answers for a pixel; undefined: yes. */
let trouble: (pixelId: string) => Response | Error | undefined

beforeEach(() => {
  world = testWorld()
  trouble = () => undefined
  world.network.answerAll((request) => trouble(request.url.split('/')[4] ?? '') ?? taken(request))
})

const lines = () =>
  [...world.logger.warn.mock.calls, ...world.logger.error.mock.calls].map(([line]) => line)
const server = () => new Response('<html>', { status: 503 })
const expired = () => refused(401, { code: 190, error_subcode: 463 })

/** Events come each second, for so long. */
async function pass(capi: Capi, forMs: number): Promise<void> {
  for (let ms = 0; ms < forMs; ms += 1_000) {
    await lead(capi, `${world.clock.tick()}`)
    await world.clock.advance(1_000)
  }
}

/** An application that has delivered before. */
async function running(pixelId: readonly string[] = [PIXEL]): Promise<Capi> {
  const capi = world.client({ pixelId })
  await pass(capi, 1_000)
  return capi
}

describe('the log', () => {
  it('has no line about a single failure, however often there is one', async () => {
    const capi = await running()
    for (let blip = 0; blip < 20; blip++) {
      world.network.answer(blip % 2 === 0 ? server() : down)
      await pass(capi, 35_000)
    }
    expect(lines()).toEqual([])
  })

  it('has none about one in the first request either', async () => {
    world.network.answer(server())
    await pass(world.client(), 5_000)
    expect(lines()).toEqual([])
  })

  it('has two of each outage, its begin and its end, whatever was logged before', async () => {
    const capi = await running()
    for (let outage = 0; outage < 3; outage++) {
      world.logger.warn.mockClear()
      // A blip comes before it, and some seconds of health.
      world.network.answer(server())
      await pass(capi, 4_000)
      trouble = server
      await pass(capi, 29_000)
      expect(lines()).toEqual([])
      await pass(capi, 3_000)
      expect(lines()).toEqual([
        expect.stringMatching(
          /^@capi\/core: pixel 1234567890: Meta could not take the events\. Events stay queued .* sent again\. \(http_503\)$/,
        ),
      ])
      await pass(capi, 88_000)
      trouble = () => undefined
      await pass(capi, 31_000)
      expect(lines().slice(1)).toEqual([
        expect.stringMatching(
          /pixel 1234567890: delivery resumed after 1[2-5]\d s \(http_503\)\.$/,
        ),
      ])
    }
    expect(JSON.stringify(world.logger.warn.mock.calls)).not.toMatch(/muster|79 ?123|secret-token/i)
  })

  it('names an address that never answered after two seconds: it may be wrong', async () => {
    trouble = () => down
    await pass(world.client(), 2_000)
    await world.clock.advance(500)
    expect(lines()).toEqual([expect.stringContaining('no answer from https://graph.facebook.com')])
  })

  it('has a refused token at once, and once', async () => {
    const capi = await running()
    trouble = expired
    await pass(capi, 1_000)
    expect(world.logger.error).toHaveBeenCalledExactlyOnceWith(
      expect.stringContaining('the access token has expired'),
    )
    await pass(capi, 10 * MINUTE_MS)
    expect(lines()).toHaveLength(1)
  })

  it('has it at once also in the middle of an outage', async () => {
    const capi = await running()
    trouble = server
    await pass(capi, MINUTE_MS)
    trouble = expired
    await pass(capi, 31_000)
    expect(lines()).toEqual([
      expect.stringContaining('http_503'),
      expect.stringContaining('meta_190_463'),
    ])
  })

  it('has one line of an outage over many pixels, and one of its end', async () => {
    const pixels = Array.from({ length: 50 }, (_one, n) => `${1_000_000_000 + n}`)
    const capi = await running(pixels)
    trouble = server
    await pass(capi, 5 * MINUTE_MS)
    expect(lines()).toEqual([
      expect.stringMatching(/pixel 1000000000 and 49 others: Meta could not/),
    ])
    trouble = () => undefined
    await pass(capi, MINUTE_MS)
    const resumed = lines().slice(1)
    const counted = resumed.map(
      (line) => Number(/and (\d+) others?: delivery resumed/.exec(line)?.[1] ?? 0) + 1,
    )
    expect(counted.reduce((sum, one) => sum + one, 0)).toBe(50)
    expect(resumed.length).toBeLessThanOrEqual(3)
    expect(resumed.at(-1)).not.toContain('still wait')
  })

  it('has no further line for a pixel that joins an outage of all', async () => {
    const capi = world.client({ pixelId: [], accessToken: () => 'token' })
    const late = capi.with({ pixelId: OTHER })
    const early = capi.with({ pixelId: PIXEL })
    const scope = { user_data: { external_id: 1 }, action_source: 'other' } as const
    await early.track('Lead', {}, scope)
    await world.clock.advance(1_000)
    trouble = server
    await early.track('Lead', {}, scope)
    await world.clock.advance(MINUTE_MS)
    await late.track('Lead', {}, scope)
    await world.clock.advance(2 * MINUTE_MS)
    expect(lines()).toHaveLength(1)
  })

  it('has a line for each pixel whose trouble is its own: others pass', async () => {
    const third = '5555555555'
    const capi = await running([PIXEL, OTHER, third])
    trouble = (pixelId) => (pixelId === PIXEL ? server() : undefined)
    await pass(capi, 2 * MINUTE_MS)
    trouble = (pixelId) => (pixelId === third ? undefined : server())
    await pass(capi, 2 * MINUTE_MS)
    expect(lines()).toEqual([
      expect.stringMatching(/pixel 1234567890: Meta could not/),
      expect.stringMatching(/pixel 1234567890 and 1 other: Meta could not/),
    ])
    trouble = (pixelId) => (pixelId === PIXEL ? server() : undefined)
    await pass(capi, MINUTE_MS)
    expect(lines().slice(2)).toEqual([
      expect.stringMatching(
        /pixel 9876543210: delivery resumed after \d+ s \(http_503\)\. 1 more still wait/,
      ),
    ])
  })

  it('has the cause of what close loses, and nothing where the outbox keeps it', async () => {
    for (const isDurable of [true, undefined]) {
      const own = isDurable && { isDurable, close: async () => [] }
      const capi = world.client({ outbox: { ...memoryOutbox(), ...own } })
      await pass(capi, 1_000)
      trouble = server
      await pass(capi, 1_000)
      const closed = capi.close({ timeoutMs: 500 })
      await world.clock.advance(2_000)
      await closed
      trouble = () => undefined
      if (isDurable) expect(lines()).toEqual([])
    }
    expect(lines()).toEqual([
      expect.stringContaining('http_503'),
      expect.stringContaining('1 event was dropped: closed'),
    ])
  })
})
