import { startEmulator } from '@capi/emulator'
import { refused, taken } from '@capi/testing'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { createCapi } from '../../src/index.ts'
import vectors from '../../vectors/verdicts.json' with { type: 'json' }
import { lead, PIXEL, page, person, sum, testWorld, type World } from '../test-world.ts'

const EVENTS = 20

interface Answered {
  readonly name: string
  readonly status: number
  readonly headers?: Record<string, string>
  readonly body: string
  readonly verdict: string
  readonly code: string
}

const answered = (vectors as readonly object[]).filter(
  (vector): vector is Answered => 'status' in vector && 'body' in vector,
)
/** Verdicts that say nothing of the events: how the lane stands after them. */
const STATES: Readonly<Record<string, string>> = {
  auth: 'paused',
  config: 'paused',
  throttled: 'throttled',
  retry: 'retrying',
}

let world: World
beforeEach(() => {
  world = testWorld()
})

const trackMany = async (capi: ReturnType<World['client']>) => {
  for (let n = 0; n < EVENTS; n++) await lead(capi, `order.${n}`)
}

describe('a refusal that is not about the events', () => {
  it.each(answered.filter(({ verdict }) => verdict in STATES))(
    '$code ($name) costs one request, and the lane waits',
    async ({ status, headers, body, verdict, code }) => {
      const { clock, network, client } = world
      network.answerAll(() => new Response(body, { status, ...(headers && { headers }) }))
      const capi = client()
      await trackMany(capi)
      await clock.advance(240)
      expect(network.requests).toHaveLength(1)
      expect((await capi.stats()).pixels[PIXEL]).toMatchObject({
        state: STATES[verdict],
        cause: { code },
        queued: EVENTS,
        dead: 0,
      })
      network.answerAll(taken)
      await clock.advance(27 * 60 * 60_000)
      expect(await sum(capi)).toEqual({ tracked: EVENTS, delivered: EVENTS, queued: 0, lost: 0 })
    },
  )
})

describe('an asset that is not linked to the dataset', () => {
  it.each([2804118, 2804131, 2804132, 2804133, 2804065, 2804073])(
    '%i refuses the event alone, says to link it, and a replay delivers it',
    async (error_subcode) => {
      const { clock, network, logger, client } = world
      let isLinked = false
      network.answerAll((request) => {
        const isBad = request.body.data.some((event) => event['event_id'] === 'order.7')
        return isBad && !isLinked ? refused(400, { code: 100, error_subcode }) : taken(request)
      })
      const capi = client()
      await trackMany(capi)
      await clock.advance(60_000)
      expect(await sum(capi)).toEqual({ tracked: 20, delivered: 19, queued: 0, lost: 1 })
      const log = logger.warn.mock.calls.flat().join('\n')
      expect(log).toMatch(
        /linked to the dataset\. Link it .* deadLetters\.replay\(\{ event_ids \}\)/,
      )
      expect(log).toContain(`(meta_100_${error_subcode}, fbtrace_id Atrace)`)
      isLinked = true
      await capi.deadLetters.replay('all')
      await clock.advance(60_000)
      expect(await sum(capi)).toMatchObject({ delivered: 20, queued: 0 })
    },
  )
})

describe('over HTTP', async () => {
  const emulator = await startEmulator({ port: 0 })
  afterAll(() => emulator.close())
  beforeEach(() => {
    emulator.clear()
    emulator.faults.clear()
  })
  const paused = (capi: ReturnType<typeof newClient>) =>
    expect
      .poll(async () => (await capi.stats()).pixels[PIXEL]?.state, { timeout: 30_000 })
      .toBe('paused')

  const log: string[] = []
  const newClient = () =>
    createCapi({
      pixelId: PIXEL,
      accessToken: 'secret-token',
      baseUrl: emulator.url,
      batch: { maxEvents: EVENTS, maxWaitMs: 5 },
      logger: { warn: (text) => log.push(text), error: (text) => log.push(text) },
    })

  it.each([
    [101, undefined],
    [2500, undefined],
    [12, undefined],
    [100, 2044055],
    [100, 1404163],
    [200, 1404163],
  ])('%i/%s pauses the lane after one request of twenty events', async (code, error_subcode) => {
    log.length = 0
    const capi = newClient()
    const end = emulator.fail({
      action: { type: 'error', status: 400, code, ...(error_subcode && { error_subcode }) },
    })
    const ids = Array.from({ length: EVENTS }, (_one, n) => `order.${n}`)
    await Promise.all(
      ids.map((event_id) => capi.track('Lead', {}, { ...page, ...person, event_id })),
    )
    await paused(capi)
    expect(emulator.faults.list().map(({ hits }) => hits)).toEqual([1])
    expect((await capi.stats()).pixels[PIXEL]).toMatchObject({ state: 'paused', queued: EVENTS })
    expect(log).toEqual([expect.stringContaining('Delivery is paused. Events stay queued')])
    end()
    emulator.faults.clear()
    await capi.close({ timeoutMs: 0 })
  })

  it('has a line of its own for an expired token, a missing permission and an unknown dataset', async () => {
    log.length = 0
    for (const preset of ['token-expired', 'permission', 'unknown-dataset'] as const) {
      const capi = newClient()
      const end = emulator.fail({ preset })
      await capi.track('Lead', {}, { ...page, ...person, event_id: preset })
      await paused(capi)
      end()
      await capi.close({ timeoutMs: 0 })
    }
    const lines = log.filter((line) => line.includes('paused'))
    const kept =
      'Delivery is paused. Events stay queued until Meta no longer accepts them (7 days); every few minutes one request tries again.'
    expect(lines.map((line) => line.replace(/fbtrace_id [\w-]+/, 'fbtrace_id A'))).toEqual([
      `@capi/core: pixel ${PIXEL}: Meta refused the request: the access token has expired. ${kept} Make a new token in Events Manager and restart the application with it; a system user’s token can be made without an expiry date. (meta_190_463, fbtrace_id A)`,
      `@capi/core: pixel ${PIXEL}: Meta refused the request: the access token has no permission for this dataset. ${kept} Assign the dataset to the system user of the token in Business Manager, or make a token for it in Events Manager. (meta_200, fbtrace_id A)`,
      `@capi/core: pixel ${PIXEL}: Meta refused the request: the dataset does not exist, or this access token may not see it. ${kept} Compare pixelId with the dataset ID in Events Manager, and check that the token was made for that dataset. (meta_100_33, fbtrace_id A)`,
    ])
    expect(log.join()).not.toMatch(/muster|secret-token/i)
  })
})

it('logs another line when a new token lacks the permission', async () => {
  const { clock, network, logger, client } = world
  network.answer(refused(401, { code: 190, error_subcode: 463 }), refused(403, { code: 10 }))
  const capi = client()
  await lead(capi, 'order.1')
  await clock.advance(20_000)
  expect(logger.error.mock.calls.map(([line]) => line)).toEqual([
    expect.stringContaining('the access token has expired'),
    expect.stringContaining('the access token has no permission for this dataset'),
  ])
})

it('rejects a send with the same words', async () => {
  const { network, client } = world
  network.answer(refused(401, { code: 190, error_subcode: 460 }), refused(400, { code: 98_765 }))
  const capi = client()
  const send = () => capi.send({ event_name: 'Lead', ...page, ...person })
  await expect(send()).rejects.toThrow(
    'Meta refused the request: the access token ended with a change of password. Make a new token in Events Manager and restart the application with it. (HTTP 401, code 190/460)',
  )
  await expect(send()).rejects.toThrow('Meta refused the request (HTTP 400, code 98765)')
})
