import { refused } from '@capi/testing'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Capi, DeadLetters } from '../../src/index.ts'
import { buy, PIXEL, testWorld, type World } from '../test-world.ts'

const OTHER = '5555555555'
let world: World
let capi: Capi

/** Three orders that Meta refused, each by two pixels. */
beforeEach(async () => {
  world = testWorld()
  capi = world.client({ pixelId: [PIXEL, OTHER] })
  world.network.answerAll(() => refused(400, { code: 100, error_subcode: 2804050 }))
  for (const id of ['o1', 'o2', 'o3']) {
    await buy(capi, id)
    await world.clock.advance(1_000)
  }
  expect(await left()).toHaveLength(6)
})

const left = async () =>
  (await capi.deadLetters.list()).map(({ event_id, pixelId }) => `${event_id} ${pixelId}`)

type Which = Parameters<DeadLetters['purge']>[0]

/** What does not say which ones. */
const UNSAID: readonly [string, unknown][] = [
  ['nothing', undefined],
  ['null', null],
  ['an empty filter', {}],
  ['an empty text', ''],
  ['another word', 'every'],
  ['a list', ['o1']],
  ['true', true],
  ['keys: undefined', { keys: undefined }],
  ['pixelId: undefined', { pixelId: undefined }],
  ['event_ids: undefined', { event_ids: undefined }],
  ['one known key and an undefined one', { pixelId: PIXEL, event_ids: undefined }],
  ['null keys', { keys: null }],
  ['a blank pixel', { pixelId: '' }],
  ['one id as text', { event_ids: 'o1' }],
  ['an id that is missing', { event_ids: ['o1', undefined] }],
  ['an id that is blank', { event_ids: [''] }],
  ['lane', { lane: PIXEL }],
  ['eventIds', { eventIds: ['o1'] }],
  ['event_id', { event_id: 'o1' }],
  ['key', { key: '1' }],
  ['one known key and an unknown one', { pixelId: PIXEL, event_name: 'Purchase' }],
]

describe.each(['purge', 'replay'] as const)('%s', (method) => {
  it.each(UNSAID)('refuses %s before anything is touched', async (_name, which) => {
    const call = () => capi.deadLetters[method](which as Which)
    await expect(call()).rejects.toMatchObject({ name: 'CapiConfigError', code: 'config_invalid' })
    expect(await left()).toHaveLength(6)
  })

  it('takes those of one event, on every pixel', async () => {
    await capi.deadLetters[method]({ event_ids: ['o2', 'o9'] })
    expect(await left()).toEqual(expect.not.arrayContaining([expect.stringContaining('o2')]))
    expect(await left()).toHaveLength(4)
  })

  it('takes those of one pixel', async () => {
    await capi.deadLetters[method]({ pixelId: OTHER })
    expect((await left()).toSorted()).toEqual([`o1 ${PIXEL}`, `o2 ${PIXEL}`, `o3 ${PIXEL}`])
  })

  it('takes what fits every key given', async () => {
    const [newest] = await capi.deadLetters.list({ pixelId: OTHER })
    await capi.deadLetters[method]({ event_ids: ['o1'], pixelId: PIXEL })
    expect(await left()).toHaveLength(5)
    const keys = [newest?.key ?? '']
    await capi.deadLetters[method]({ keys, event_ids: ['o1'] })
    expect(await left()).toHaveLength(5)
    await capi.deadLetters[method]({ keys, event_ids: ['o3'], pixelId: OTHER })
    expect((await left()).toSorted()).toEqual([
      `o1 ${OTHER}`,
      `o2 ${PIXEL}`,
      `o2 ${OTHER}`,
      `o3 ${PIXEL}`,
    ])
  })

  it('takes none for an empty list, or an event that is not there', async () => {
    await capi.deadLetters[method]({ keys: [] })
    await capi.deadLetters[method]({ event_ids: [] })
    await capi.deadLetters[method]({ event_ids: ['o9'] })
    await capi.deadLetters[method]({ pixelId: '7777777777' })
    expect(await left()).toHaveLength(6)
  })

  it("takes all where 'all' is said", async () => {
    await capi.deadLetters[method]('all')
    expect(await left()).toEqual([])
  })
})

it('purge answers how many, replay how many wait again', async () => {
  expect(await capi.deadLetters.purge({ event_ids: ['o1'] })).toBe(2)
  expect(await capi.deadLetters.replay({ event_ids: ['o2'] })).toEqual({
    replayed: { [PIXEL]: 1, [OTHER]: 1 },
    expired: 0,
    duplicate: 0,
    full: 0,
  })
})

describe('list', () => {
  it('takes the same filters, and a limit', async () => {
    const ids = async (filter: Parameters<DeadLetters['list']>[0]) =>
      (await capi.deadLetters.list(filter)).map(({ event_id }) => event_id)
    expect(await ids({ event_ids: ['o1', 'o3'], pixelId: PIXEL })).toEqual(['o3', 'o1'])
    expect(await ids({ event_ids: ['o1', 'o3'], limit: 1 })).toEqual(['o3'])
    expect(await ids({ limit: 2 })).toHaveLength(2)
    expect(await ids({ limit: undefined })).toHaveLength(6)
    expect(await ids({})).toHaveLength(6)
  })

  it.each([
    { lane: PIXEL },
    { pixelId: undefined },
    { event_id: 'o1' },
    { limit: 'x' },
    { limit: -1 },
    'all',
  ])('refuses %j', async (filter) => {
    await expect(capi.deadLetters.list(filter as object)).rejects.toMatchObject({
      code: 'config_invalid',
      message: expect.not.stringContaining("or 'all'"),
    })
  })
})

it('compiles for nothing that would be refused', () => {
  const unused = (letters: DeadLetters) => {
    // @ts-expect-error All must be said.
    void letters.purge()
    // @ts-expect-error All must be said.
    void letters.replay({})
    // @ts-expect-error An undefined key chooses none.
    void letters.purge({ keys: undefined })
    // @ts-expect-error No filter by lane.
    void letters.purge({ lane: PIXEL })
    // @ts-expect-error Ids are a list.
    void letters.replay({ event_ids: 'o1' })
    void letters.replay({ event_ids: ['o1'], pixelId: PIXEL })
    void letters.purge('all')
  }
  expect(unused).toBeTypeOf('function')
})
