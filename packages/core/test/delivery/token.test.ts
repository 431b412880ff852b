import { refused, taken } from '@capi/testing'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { AccessToken, Capi } from '../../src/index.ts'
import { lead, PIXEL, sum, testWorld, type World } from '../test-world.ts'

const OTHER = '9876543210'
const MINUTE_MS = 60_000

let world: World

beforeEach(() => {
  world = testWorld()
})

type Give = Exclude<AccessToken, string>
const asked = (give: Give) => vi.fn<Give>(give)
const later = <T>(ms: number, value: T) =>
  new Promise<T>((resolve) => void world.clock.after(ms, () => resolve(value)))
const tokens = () =>
  world.network.requests.map(({ headers }) => headers.get('authorization')?.replace('Bearer ', ''))
const pixel = async (capi: Capi, id = PIXEL) => (await capi.stats()).pixels[id]

async function pass(capi: Capi, forMs: number, perSecond = 1): Promise<void> {
  for (let ms = 0; ms < forMs; ms += 1_000) {
    for (let n = 0; n < perSecond; n++) void lead(capi, `${world.clock.tick()}.${n}`)
    await world.clock.advance(1_000)
  }
}

describe('the token that a function gives', () => {
  it('is kept for a minute, by pixel', async () => {
    const accessToken = asked(async (pixelId) => `token-of-${pixelId}`)
    const capi = world.client({ accessToken, pixelId: [PIXEL, OTHER] })
    await pass(capi, 59_000)
    expect(accessToken.mock.calls).toEqual([[PIXEL], [OTHER]])
    await pass(capi, 3_000)
    expect(accessToken).toHaveBeenCalledTimes(4)
    for (const { url, headers } of world.network.requests)
      expect(headers.get('authorization')).toBe(`Bearer token-of-${url.split('/')[4]}`)
  })

  it('is kept until the expiresAtMs beside it', async () => {
    const accessToken = asked(() => ({
      token: 'dated',
      expiresAtMs: world.clock.now() + 10 * MINUTE_MS,
    }))
    const capi = world.client({ accessToken })
    await pass(capi, 9 * MINUTE_MS)
    expect(accessToken).toHaveBeenCalledTimes(1)
    await pass(capi, 2 * MINUTE_MS)
    expect(accessToken).toHaveBeenCalledTimes(2)
    expect(new Set(tokens())).toEqual(new Set(['dated']))
  })

  it.each([
    ['that is over', () => world.clock.now() - 1, 10],
    ['that is no number', () => Number.NaN, 1],
  ])('with an expiresAtMs %s', async (_name, expiresAtMs, calls) => {
    const accessToken = asked(() => ({ token: 't', expiresAtMs: expiresAtMs() }))
    await pass(world.client({ accessToken }), 10_000)
    expect(accessToken).toHaveBeenCalledTimes(calls)
    expect(tokens()).toHaveLength(10)
  })

  it('is asked for again as soon as Meta refuses it, and a new one is sent without a pause', async () => {
    let token = 'first'
    const accessToken = asked(() => token)
    world.network.answerAll((request) =>
      request.headers.get('authorization') === `Bearer ${token}`
        ? taken(request)
        : refused(401, { code: 190 }),
    )
    const capi = world.client({ accessToken })
    await pass(capi, 2_000)
    token = 'second'
    await pass(capi, 2_000)
    expect(tokens()).toEqual(['first', 'first', 'first', 'second', 'second'])
    expect(await sum(capi)).toMatchObject({ tracked: 4, delivered: 4 })
    expect(world.logger.error).not.toHaveBeenCalled()
  })

  it('that Meta still refuses pauses the pixel, after one request with it', async () => {
    const accessToken = asked(() => 'revoked')
    world.network.answer(taken)
    const capi = world.client({ accessToken })
    await pass(capi, 1_000)
    world.network.answerAll(() => refused(401, { code: 190 }))
    await pass(capi, 1_000)
    expect(tokens()).toHaveLength(2)
    expect(accessToken).toHaveBeenCalledTimes(2)
    expect(await pixel(capi)).toMatchObject({ state: 'paused', cause: { code: 'meta_190' } })
    expect(world.logger.error).toHaveBeenCalledTimes(1)
  })

  it('may take its time: requests share one call, and the rate does not fall', async () => {
    const accessToken = asked(() => later(5_000, 'slow'))
    const capi = world.client({ accessToken })
    await pass(capi, 25_000, 200)
    await world.clock.advance(1_000)
    expect(accessToken).toHaveBeenCalledTimes(1)
    expect(await sum(capi)).toMatchObject({ tracked: 5_000, delivered: 5_000 })
  }, 60_000)

  it('serves send as well', async () => {
    const accessToken = asked(async () => ({ token: 'kept' }))
    const capi = world.client({ accessToken })
    for (const event_id of ['a', 'b'])
      await capi.send({
        event_name: 'Lead',
        event_id,
        action_source: 'other',
        user_data: { external_id: 1 },
      })
    expect(tokens()).toEqual(['kept', 'kept'])
    expect(accessToken).toHaveBeenCalledTimes(1)
  })
})

describe('a function that fails', () => {
  it.each<[string, () => Promise<undefined>]>([
    ['rejects', () => Promise.reject(new Error('vault is down: secret'))],
    ['gives none', async () => undefined],
  ])('%s is called again after 1, 2 and 4 s, then the pixel is paused', async (_name, fail) => {
    const at: number[] = []
    const accessToken = asked(() => {
      at.push(world.clock.tick())
      return fail()
    })
    const capi = world.client({ accessToken, random: () => 0 })
    await lead(capi, 'a')
    const states = []
    for (const ms of [200, 1_000, 2_000]) {
      await world.clock.advance(ms)
      states.push(await pixel(capi))
    }
    const cause = { code: 'access_token_unavailable' }
    for (const state of states) expect(state).toMatchObject({ state: 'retrying', cause })
    expect(world.logger.error).not.toHaveBeenCalled()
    await world.clock.advance(4_000)
    expect(await pixel(capi)).toMatchObject({ state: 'paused', cause, nextTryInMs: 15_000 })
    await world.clock.advance(45_000)
    expect(at.map((tick) => tick - (at[0] ?? 0))).toEqual([0, 1_000, 3_000, 7_000, 22_000, 52_000])
    expect(world.logger.error).toHaveBeenCalledExactlyOnceWith(
      expect.stringContaining('the accessToken function returned no token that can be sent'),
    )
    const said = JSON.stringify([world.logger.warn.mock.calls, world.logger.error.mock.calls])
    expect(said).not.toContain('secret')
    expect(world.network.requests).toEqual([])
  })

  it('now and then costs seconds, and loses nothing', async () => {
    let calls = 0
    const accessToken = asked(async () => {
      if (calls++ % 3 !== 2) throw new Error('vault')
      return 'token'
    })
    const capi = world.client({ accessToken })
    await pass(capi, 3 * MINUTE_MS, 5)
    await world.clock.advance(5_000)
    expect(await sum(capi)).toMatchObject({ tracked: 900, delivered: 900 })
    expect(world.logger.error).not.toHaveBeenCalled()
    expect(world.logger.warn).not.toHaveBeenCalled()
  })

  it('hangs for good costs each request its time only: nothing was sent, and it is called again', async () => {
    let isHanging = true
    const accessToken = asked(() => (isHanging ? new Promise(() => {}) : 'token'))
    const capi = world.client({ accessToken })
    await lead(capi, 'a')
    await world.clock.advance(10_200)
    expect(await pixel(capi)).toMatchObject({
      state: 'retrying',
      cause: { code: 'access_token_timeout' },
    })
    isHanging = false
    await world.clock.advance(2_000)
    expect(accessToken).toHaveBeenCalledTimes(2)
    expect(await sum(capi)).toMatchObject({ delivered: 1 })
  })

  it('and takes longer than a request may: its answer serves the next', async () => {
    const accessToken = asked(() => later(12_000, 'late'))
    const capi = world.client({ accessToken })
    await lead(capi, 'a')
    await world.clock.advance(30_000)
    expect(tokens()).toEqual(['late'])
  })

  it('leaves other pixels alone', async () => {
    const accessToken = asked(async (pixelId) => {
      if (pixelId === OTHER) throw new Error('no token for this tenant')
      return 'token'
    })
    const capi = world.client({ accessToken, pixelId: [PIXEL, OTHER] })
    await pass(capi, 30_000)
    expect(await pixel(capi, OTHER)).toMatchObject({ state: 'paused', queued: 30 })
    expect(await pixel(capi)).toMatchObject({ state: 'open', queued: 0 })
  })
})
