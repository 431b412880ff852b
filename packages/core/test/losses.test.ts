import { refused } from '@capi/testing'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { PIXEL, page, person, purchase, sum, testWorld, type World } from './test-world.ts'

let clock: World['clock']
let network: World['network']
let drops: World['drops']
let logger: World['logger']
let client: World['client']

beforeEach(() => {
  ;({ clock, network, drops, logger, client } = testWorld())
})

describe('losses', () => {
  it.each<[string, Response | Error | 'hang', string, string]>([
    [
      'a refusal',
      refused(400, { code: 100, error_subcode: 2804003 }),
      'rejected',
      'meta_100_2804003',
    ],
    ['a bad token', refused(401, { code: 190 }), 'rejected', 'meta_190'],
    ['a server error in HTML', new Response('<html>', { status: 502 }), 'undelivered', 'http_502'],
    [
      'a captive portal',
      new Response('<html>hotel</html>', { status: 200 }),
      'undelivered',
      'http_200',
    ],
    [
      'a redirect',
      new Response(null, { status: 302, headers: { location: 'https://evil.example' } }),
      'undelivered',
      'http_302',
    ],
    [
      'a yes to none of the events',
      Response.json({ events_received: 0 }),
      'undelivered',
      'events_received_mismatch',
    ],
    [
      'a refused connection',
      new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } }),
      'undelivered',
      'ECONNREFUSED',
    ],
    ['a server that never answers', 'hang', 'undelivered', 'timeout'],
  ])('counts %s as a drop with its cause', async (_name, answer, reason, code) => {
    const capi = client()
    network.answer(answer)
    await capi.track('Purchase', purchase, { ...page, ...person, event_id: 'order.1' })
    await clock.advance(200)
    await clock.advance(10_000)
    expect(drops).toMatchObject([
      { reason, count: 1, pixelId: PIXEL, event_ids: ['order.1'], cause: { code } },
    ])
    expect(await sum(capi)).toEqual({ accepted: 1, delivered: 0, queued: 0, lost: 1 })
  })

  it('logs an outage once and its end once, without personal data or token', async () => {
    const capi = client()
    const down = new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } })
    network.answer(down, down, down)
    for (let i = 0; i < 4; i++) {
      await capi.track('Purchase', purchase, { ...page, ...person, event_id: `order.${i}` })
      await clock.advance(200)
    }
    expect(logger.warn).toHaveBeenCalledTimes(2)
    expect(logger.warn.mock.calls[0]?.[0]).toContain('ECONNREFUSED')
    expect(logger.warn.mock.calls[1]?.[0]).toContain('3 events')
    expect(JSON.stringify(logger.warn.mock.calls)).not.toMatch(/muster|79 ?123|secret-token/i)
  })

  it('logs what is wrong with the first invalid event, and what to do, without the value', async () => {
    await client().track('Purchase', { value: 1, currency: '$' } as never, { ...page, ...person })
    const message = logger.warn.mock.lastCall?.[0]
    expect(message).toContain('invalid (custom_data.currency: currency_missing. Pass')
    expect(message).not.toMatch(/muster|\$/i)
  })

  it('logs each kind of warning once, unless a hook listens', async () => {
    const capi = client()
    for (let i = 0; i < 3; i++) await capi.track('Lead', { value: 1 }, { ...page, ...person })
    expect(logger.warn.mock.calls.map(([text]) => text.split('. ')[0])).toEqual([
      '@capi/core: custom_data.currency: value_without_currency',
    ])
    const onIssue = vi.fn()
    await client({ onIssue }).track('Lead', { value: 1 }, { ...page, ...person, event_id: 'a' })
    expect(onIssue).toHaveBeenCalledWith(
      expect.objectContaining({ code: 'value_without_currency' }),
      { event_id: 'a', event_name: 'Lead' },
    )
    expect(logger.warn).toHaveBeenCalledTimes(1)
  })

  it('keeps the event id of an event that was dropped, for its browser copy', async () => {
    const capi = client()
    const nobody = { client_user_agent: 'UA/1' }
    const fields = { ...page, user_data: nobody, event_id: 'order.7' }
    expect(await capi.track('Lead', {}, fields)).toMatchObject({
      event_id: 'order.7',
      outcome: 'dropped',
    })
    expect((await capi.track('Lead', {}, { ...page, user_data: nobody })).event_id).toMatch(
      /^[0-9a-f-]{36}$/,
    )
    expect(drops[0]).toMatchObject({
      event_ids: ['order.7'],
      issues: [{ code: 'customer_information_missing' }],
    })
  })

  it('does not send again what Meta took in part, but says so once', async () => {
    const capi = client()
    for (const id of ['a', 'b', 'c', 'd'])
      await capi.track('Lead', {}, { ...page, ...person, event_id: id })
    network.answer(Response.json({ events_received: 3, fbtrace_id: 'Atrace' }))
    await clock.advance(200)
    expect(network.requests).toHaveLength(1)
    expect(await sum(capi)).toMatchObject({ accepted: 4, delivered: 4 })
    expect(logger.warn.mock.calls).toEqual([[expect.stringContaining('3 of 4 events')]])
  })

  it('survives hooks and loggers that throw', async () => {
    const fail = () => {
      throw new Error('hook')
    }
    const capi = client({
      onDrop: fail,
      onIssue: fail,
      onDelivered: fail,
      logger: { warn: fail, error: fail },
    })
    network.answer(refused(400, { code: 100 }))
    await capi.track('Lead', { value: 'x' } as never, { ...page, ...person })
    await clock.advance(200)
    await capi.track('Lead', {}, { ...page, ...person })
    await clock.advance(200)
    expect(await sum(capi)).toEqual({ accepted: 2, delivered: 1, queued: 0, lost: 1 })
  })

  it('asks a token function for each request, and counts its failure as one of delivery', async () => {
    const tokens = ['first', 'second']
    const accessToken = vi.fn(
      async () => tokens.shift() ?? Promise.reject(new Error('vault is down: secret')),
    )
    const capi = client({ accessToken })
    for (let i = 0; i < 3; i++) {
      await capi.track('Lead', {}, { ...page, ...person, event_id: `lead.${i}` })
      await clock.advance(200)
    }
    expect(network.requests.map((request) => request.headers.get('authorization'))).toEqual([
      'Bearer first',
      'Bearer second',
    ])
    expect(drops[0]?.cause?.code).toBe('access_token_unavailable')
    expect(JSON.stringify(logger.warn.mock.calls)).not.toContain('secret')
  })
})
