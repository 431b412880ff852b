import { refused } from '@capi/testing'
import { beforeEach, describe, expect, it } from 'vitest'
import { CapiError } from '../src/index.ts'
import { PIXEL, page, person, sum, testWorld, type World } from './test-world.ts'

let clock: World['clock']
let network: World['network']
let client: World['client']

beforeEach(() => {
  ;({ clock, network, client } = testWorld())
})

describe('send', () => {
  it('gives back what Meta answered', async () => {
    const result = await client().send({
      event_name: 'Lead',
      ...page,
      ...person,
      event_id: 'lead.1',
    })
    expect(result).toMatchObject({
      events_received: 1,
      responses: [{ pixelId: PIXEL, events_received: 1, fbtrace_id: 'Atrace' }],
      receipts: [{ event_id: 'lead.1', outcome: 'accepted' }],
    })
  })

  it('leaves out the invalid event and sends the others', async () => {
    const capi = client()
    const good = { event_name: 'Lead', ...page, ...person }
    const result = await capi.send([good, { ...good, user_data: {} }, good])
    expect(result.events_received).toBe(2)
    expect(result.receipts.map((receipt) => receipt.outcome)).toEqual([
      'accepted',
      'dropped',
      'accepted',
    ])
    expect(await sum(capi)).toEqual({ tracked: 3, delivered: 2, queued: 0, lost: 1 })
  })

  it.each([
    ['validation_failed', () => client().send({ event_name: 'Lead', ...page, user_data: {} })],
    [
      'access_token_missing',
      () => client({ accessToken: undefined }).send({ event_name: 'Lead', ...page, ...person }),
    ],
    [
      'access_token_missing',
      () => client({ accessToken: () => 'a b' }).send({ event_name: 'Lead', ...page, ...person }),
    ],
    [
      'api_error',
      () => {
        network.answer(refused(400, { code: 100, error_subcode: 2804050 }))
        return client().send({ event_name: 'Lead', ...page, ...person })
      },
    ],
    [
      'network_error',
      () => {
        network.answer(new TypeError('fetch failed'))
        return client().send({ event_name: 'Lead', ...page, ...person })
      },
    ],
  ])('rejects with %s, holding neither token nor person', async (code, call) => {
    const error = await call().then(
      () => undefined,
      (thrown: unknown) => thrown,
    )
    expect(CapiError.is(error) && error.code).toBe(code)
    expect(JSON.stringify(error) + String(error)).not.toMatch(/secret-token|muster/i)
  })

  it('ends with a timeout, also when fetch ignores its signal', async () => {
    network.answer('hang')
    const outcome = client()
      .send({ event_name: 'Lead', ...page, ...person })
      .catch((error: unknown) => error)
    await clock.advance(10_000)
    expect(await outcome).toMatchObject({ code: 'timeout', retryable: true })
  })

  it('stops when its signal is aborted', async () => {
    network.answer('hang')
    const abort = new AbortController()
    const outcome = client()
      .send({ event_name: 'Lead', ...page, ...person }, { signal: abort.signal })
      .catch((error: unknown) => error)
    abort.abort()
    expect(await outcome).toMatchObject({ code: 'network_error' })
  })
})
