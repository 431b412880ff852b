import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createRequestTracker } from '../src/adapter.ts'
import { buildEvent, CapiError, type Scope } from '../src/index.ts'
import { PIXEL, page, person, sum, testWorld, type World } from './test-world.ts'

let world: World

beforeEach(() => {
  world = testWorld()
})

const TENANT = '5555555555'
const event = { ...page, ...person }
const token = (pixelId: string) => `token-of-${pixelId}`
const pixelsAsked = () => world.network.requests.map(({ url }) => url.split('/').at(-2))
/** What stands where a pixel belongs and is none. */
const NONE: readonly unknown[] = [
  undefined,
  null,
  '',
  ' ',
  'undefined',
  12345,
  '1234',
  {},
  [''],
  [undefined],
]

describe('a client without a pixel of its own', () => {
  const shared = () => world.client({ pixelId: undefined, accessToken: token })

  it('sends to the pixel of each scope, with its token', async () => {
    const capi = shared()
    const receipt = await capi.with({ pixelId: TENANT }).track('Lead', {}, event)
    expect(receipt).toMatchObject({ outcome: 'accepted', issues: [] })
    await capi.with({ pixelId: '6666666666' }).track('Lead', {}, event)
    expect(await capi.flush()).toMatchObject({ delivered: 2 })
    expect(new Set(pixelsAsked())).toEqual(new Set([TENANT, '6666666666']))
    expect(
      new Set(world.network.requests.map(({ headers }) => headers.get('authorization'))),
    ).toEqual(new Set([`Bearer token-of-${TENANT}`, 'Bearer token-of-6666666666']))
    expect(world.logger.warn).not.toHaveBeenCalled()
  })

  it('sends at once to the pixel of a scope', async () => {
    const result = await shared()
      .with({ pixelId: TENANT })
      .send({ event_name: 'Lead', ...event })
    expect(result).toMatchObject({ events_received: 1, responses: [{ pixelId: TENANT }] })
  })

  it('drops and reports an event for which none is named', async () => {
    const capi = shared()
    const receipt = await capi.track('Lead', {}, event)
    const issues = [{ path: 'pixelId', code: 'pixel_id_missing', severity: 'error' }]
    expect(receipt).toMatchObject({ outcome: 'dropped', reason: 'disabled', issues })
    expect(world.drops).toMatchObject([{ reason: 'disabled', count: 1, issues }])
    expect(world.logger.warn.mock.calls.join()).toContain('capi.with({ pixelId })')
    expect(await sum(capi)).toMatchObject({ tracked: 1, lost: 1 })
    await expect(capi.send({ event_name: 'Lead', ...event })).rejects.toMatchObject({
      code: 'validation_failed',
      issues,
    })
    expect(world.network.requests).toEqual([])
  })

  it('says at the start that none is named where its token is one text', () => {
    world.client({ pixelId: undefined })
    expect(world.logger.warn.mock.calls).toEqual([[expect.stringContaining('pixel_id_missing')]])
  })

  it('that has no token either is off, and finds no fault with an event', async () => {
    const capi = world.client({ pixelId: undefined, accessToken: undefined })
    expect(await capi.track('Lead', {}, event)).toMatchObject({ reason: 'disabled', issues: [] })
  })
})

describe('a pixel that is there but none', () => {
  it.each(NONE)('is refused in a scope, and never means the client’s: %j', async (pixelId) => {
    const capi = world.client()
    const tracker = createRequestTracker(capi, () => ({
      scope: page,
      setCookies: [],
      warnings: [],
    }))
    for (const one of [capi, capi.with({}), tracker]) {
      let thrown: unknown
      try {
        one.with({ pixelId } as Scope)
      } catch (error) {
        thrown = error
      }
      expect(CapiError.is(thrown) && thrown.code).toBe('config_invalid')
    }
  })

  it.each(NONE)('costs the event that names it, and never means another: %j', async (pixelId) => {
    const capi = world.client()
    const wrong = { ...event, pixelId: pixelId as string }
    const issues = [{ path: 'pixelId', code: 'pixel_id_invalid' }]
    expect(await capi.track('Lead', {}, wrong)).toMatchObject({ reason: 'invalid', issues })
    const sending = capi.send([
      { event_name: 'Lead', ...wrong },
      { event_name: 'Lead', ...event },
    ])
    await expect(sending).rejects.toMatchObject({
      code: 'validation_failed',
      partial: {
        events_received: 1,
        receipts: [{ outcome: 'dropped', reason: 'invalid', issues }, { outcome: 'delivered' }],
      },
    })
    expect(world.network.requests).toHaveLength(1)
  })

  it('is also one that cannot be read', async () => {
    const wrong = {
      ...event,
      get pixelId(): string {
        throw new Error('no')
      },
    }
    expect(await world.client().track('Lead', {}, wrong)).toMatchObject({ reason: 'invalid' })
  })
})

describe('the pixel of an event', () => {
  it('takes it there alone, tracked or sent', async () => {
    const onIssue = vi.fn()
    const capi = world.client({ onIssue })
    await capi.track('Lead', {}, { ...event, pixelId: TENANT })
    await capi.flush()
    expect(pixelsAsked()).toEqual([TENANT])
    const { responses, receipts } = await capi.send([
      { event_name: 'Lead', ...event, event_id: 'one', pixelId: TENANT },
      { event_name: 'Lead', ...event, event_id: 'two' },
      { event_name: 'Lead', ...event, event_id: 'both', pixelId: [TENANT, PIXEL, TENANT] },
    ])
    expect(receipts.map(({ outcome }) => outcome)).toEqual(['delivered', 'delivered', 'delivered'])
    expect(responses).toMatchObject([
      { pixelId: TENANT, event_ids: ['one', 'both'] },
      { pixelId: PIXEL, event_ids: ['two', 'both'] },
    ])
    expect(onIssue).not.toHaveBeenCalled()
    expect(JSON.stringify(world.network.requests.map(({ body }) => body))).not.toContain('pixelId')
    expect(await sum(capi)).toEqual({ tracked: 5, delivered: 5, queued: 0, lost: 0 })
  })

  it('wins over its scope’s, but not over a scope that sends nowhere', async () => {
    const capi = world.client()
    await capi.with({ pixelId: '6666666666' }).track('Lead', {}, { ...event, pixelId: TENANT })
    await capi.flush()
    expect(pixelsAsked()).toEqual([TENANT])
    const nowhere = capi.with({ pixelId: [] })
    for (const tracker of [nowhere, nowhere.with({ pixelId: TENANT })]) {
      const receipt = await tracker.track('Lead', {}, { ...event, pixelId: TENANT })
      expect(receipt).toMatchObject({ outcome: 'dropped', reason: 'disabled' })
    }
    await capi.flush()
    expect(world.network.requests).toHaveLength(1)
  })
})

it.each(['pixel_id', 'PixelId', 'pixelID'])(
  'an event whose pixel is written %s goes to no other',
  async (key) => {
    const capi = world.client()
    const issues = [{ path: key, code: 'pixel_id_invalid', fix: 'Write the key as pixelId.' }]
    for (const receipt of [
      await capi.track('Lead', {}, { ...event, [key]: TENANT }),
      await capi.with({ [key]: TENANT }).track('Lead', {}, event),
    ])
      expect(receipt).toMatchObject({ outcome: 'dropped', reason: 'invalid', issues })
    await capi.flush()
    expect(world.network.requests).toHaveLength(0)
  },
)

it('buildEvent says that what it makes names no pixel', () => {
  const built = buildEvent({ event_name: 'Lead', ...event, pixelId: TENANT })
  expect(built.event).not.toHaveProperty('pixelId')
  expect(built.issues).toMatchObject([
    { path: 'pixelId', code: 'misplaced_key', fix: expect.stringContaining('capi.with') },
  ])
})

it('says of a test_event_code in an event where it goes', async () => {
  const receipt = await world
    .client()
    .track('Lead', {}, { ...event, test_event_code: 'TEST1' } as object as typeof event)
  expect(receipt).toMatchObject({
    outcome: 'accepted',
    issues: [
      {
        path: 'test_event_code',
        code: 'misplaced_key',
        fix: expect.stringMatching(/option testEventCode of createCapi or of send/),
      },
    ],
  })
})
