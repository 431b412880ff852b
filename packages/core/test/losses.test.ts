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
  it('counts a refusal as a drop with its cause, and keeps the event as a dead letter', async () => {
    const capi = client()
    network.answer(refused(400, { code: 100, error_subcode: 2804003 }))
    await capi.track('Purchase', purchase, { ...page, ...person, event_id: 'order.1' })
    await clock.advance(200)
    const cause = { code: 'meta_100_2804003', status: 400, fbtrace_id: 'Atrace' }
    expect(drops).toEqual([
      { reason: 'rejected', count: 1, pixelId: PIXEL, event_ids: ['order.1'], cause },
    ])
    expect(await sum(capi)).toEqual({ tracked: 1, delivered: 0, queued: 0, lost: 1 })
    expect(await capi.deadLetters.list()).toMatchObject([{ event_id: 'order.1', cause }])
    expect(JSON.stringify(logger.warn.mock.calls)).not.toMatch(/muster|79 ?123|secret-token/i)
  })

  it('counts an event that is too old as expired', async () => {
    const capi = client()
    const event_time = new Date(clock.now() - 8 * 86_400_000)
    const receipt = await capi.track('Lead', {}, { ...page, ...person, event_time })
    expect(receipt).toMatchObject({ outcome: 'dropped', reason: 'expired' })
    expect((await capi.stats()).dropped).toMatchObject({ expired: 1, invalid: 0 })
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
    expect(await sum(capi)).toMatchObject({ tracked: 4, delivered: 4 })
    expect(logger.warn.mock.calls).toEqual([[expect.stringContaining('3 of 4 events')]])
  })

  it('survives hooks and loggers that throw', async () => {
    const fail = () => {
      throw new Error('hook')
    }
    const capi = client({
      onDropped: fail,
      onIssue: fail,
      onDelivered: fail,
      logger: { warn: fail, error: fail },
    })
    network.answer(refused(400, { code: 100 }))
    await capi.track('Lead', { value: 'x' } as never, { ...page, ...person })
    await clock.advance(200)
    await capi.track('Lead', {}, { ...page, ...person })
    await clock.advance(200)
    expect(await sum(capi)).toEqual({ tracked: 2, delivered: 1, queued: 0, lost: 1 })
  })
})
