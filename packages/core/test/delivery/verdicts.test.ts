import { refused, taken } from '@capi/testing'
import { beforeEach, describe, expect, it } from 'vitest'
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
