import { refused } from '@capi/testing'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { CapiError, type CapiOptions } from '../src/index.ts'
import { PIXEL, page, person, sum, testWorld, type World } from './test-world.ts'

async function rejection(sending: Promise<unknown>): Promise<CapiError> {
  const error = await sending.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!CapiError.is(error)) throw error
  return error
}

const outcomes = ({ partial }: CapiError) =>
  partial?.receipts.map(({ outcome, reason }) => (reason ? `${outcome} ${reason}` : outcome))

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
      receipts: [{ event_id: 'lead.1', outcome: 'delivered', issues: [] }],
    })
  })

  it('sends the others of an invalid event, and rejects with a receipt for each', async () => {
    const capi = client()
    const good = { event_name: 'Lead', ...page, ...person }
    const error = await rejection(capi.send([good, { ...good, user_data: {} }, good]))
    expect(error).toMatchObject({
      code: 'validation_failed',
      message:
        '1 of 3 events was not sent (user_data: customer_information_missing); see issues for what to do.',
      issues: [{ severity: 'warning' }, { code: 'customer_information_missing' }],
      partial: { events_received: 2, responses: [{ events_received: 2 }] },
    })
    expect(outcomes(error)).toEqual(['delivered', 'dropped invalid', 'delivered'])
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

  it('resolves for a person who refused: that is no fault', async () => {
    const capi = client()
    const lead = { event_name: 'Lead', ...page, ...person, event_id: 'lead.1' }
    const { receipts, events_received } = await capi.with({ consent: 'denied' }).send([lead, lead])
    expect(events_received).toBe(0)
    expect(receipts).toEqual([
      { event_id: 'lead.1', outcome: 'dropped', reason: 'consent', issues: [] },
      { event_id: 'lead.1', outcome: 'dropped', reason: 'consent', issues: [] },
    ])
    expect(network.requests).toEqual([])
    expect(await sum(capi)).toEqual({ tracked: 2, delivered: 0, queued: 0, lost: 2 })
  })

  it.each<[string, string, CapiOptions]>([
    ['without a token', 'access_token_missing', { accessToken: undefined }],
    ['without a pixel', 'validation_failed', { pixelId: undefined }],
    ['switched off', 'disabled', { enabled: false }],
  ])('of a client %s rejects, and each event is counted as disabled', async (_n, code, options) => {
    const capi = client(options)
    const lead = { event_name: 'Lead', ...page, ...person }
    const error = await rejection(capi.send([lead, lead]))
    expect(error.code).toBe(code)
    expect(outcomes(error)).toEqual(['dropped disabled', 'dropped disabled'])
    expect(await sum(capi)).toEqual({ tracked: 2, delivered: 0, queued: 0, lost: 2 })
    expect((await capi.stats()).dropped.disabled).toBe(2)
  })

  it('rejects after close, and counts its events as closed', async () => {
    const capi = client()
    await capi.close()
    const good = { event_name: 'Lead', ...page, ...person }
    const error = await rejection(capi.send([good, { ...good, user_data: {} }]))
    expect(error).toMatchObject({ code: 'closed', name: 'CapiClosedError', retryable: false })
    expect(outcomes(error)).toEqual(['dropped closed', 'dropped invalid'])
    expect(network.requests).toEqual([])
    expect((await capi.stats()).dropped).toMatchObject({ closed: 1, invalid: 1 })
    expect(await sum(capi)).toEqual({ tracked: 2, delivered: 0, queued: 0, lost: 2 })
  })

  it('rejects after close for a person who refused, too', async () => {
    const capi = client()
    await capi.close()
    const lead = { event_name: 'Lead', ...page, ...person, consent: 'denied' as const }
    expect(await rejection(capi.send(lead))).toMatchObject({ code: 'closed' })
  })

  it('of no event rejects, with no receipts', async () => {
    const error = await rejection(client().send([]))
    expect(error.code).toBe('validation_failed')
    expect(error.partial).toEqual({ events_received: 0, receipts: [], responses: [] })
  })

  it.each(['on its way', 'before it began'])(
    'rejects with the reason of an abort %s',
    async (when) => {
      network.answer('hang')
      const capi = client({ pixelId: [PIXEL, '9876543210'] })
      const abort = new AbortController()
      const reason = new Error('the visitor left')
      if (when === 'before it began') abort.abort(reason)
      const outcome = capi
        .send({ event_name: 'Lead', ...page, ...person }, { signal: abort.signal })
        .catch((error: unknown) => error)
      if (when === 'on its way') await vi.waitFor(() => expect(network.requests).toHaveLength(1))
      abort.abort(reason)
      expect(await outcome).toBe(reason)
      expect(network.requests).toHaveLength(when === 'on its way' ? 1 : 0)
      expect((await capi.stats()).dropped).toMatchObject({ aborted: 2, undelivered: 0 })
      expect(await sum(capi)).toEqual({ tracked: 2, delivered: 0, queued: 0, lost: 2 })
    },
  )

  it('rejects with the reason of an abort before it began, whatever the events are', async () => {
    const reason = new Error('mine')
    const signal = AbortSignal.abort(reason)
    const lead = { event_name: 'Lead', ...page, ...person } as const
    const capi = client()
    for (const event of [{ ...lead, consent: 'denied' }, { ...lead, event_name: '' }, lead])
      await expect(capi.send(event as never, { signal })).rejects.toBe(reason)
    expect((await capi.stats()).dropped).toMatchObject({ consent: 1, invalid: 1, aborted: 1 })
    await capi.close()
    await expect(capi.send(lead, { signal })).rejects.toBe(reason)
    expect(network.requests).toHaveLength(0)
  })

  it('rejects with an AbortError where the abort names no reason', async () => {
    const abort = new AbortController()
    abort.abort()
    const sending = client().send(
      { event_name: 'Lead', ...page, ...person },
      { signal: abort.signal },
    )
    await expect(sending).rejects.toMatchObject({ name: 'AbortError' })
  })

  it('says of an answer that came in time what it says, though it is aborted then', async () => {
    const abort = new AbortController()
    network.answer(refused(400, { code: 100, error_subcode: 2804050 }))
    const capi = client({ onDropped: () => abort.abort() })
    const error = await rejection(
      capi.send({ event_name: 'Lead', ...page, ...person }, { signal: abort.signal }),
    )
    expect(error.code).toBe('api_error')
  })
})
