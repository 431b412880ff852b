import diagnosticsChannel from 'node:diagnostics_channel'
import { inspect } from 'node:util'
import { type CapiChannels, CapiError, type CapiOptions, createCapi, type Drop } from '@capi/core'
import { type FaultRule, startEmulator } from '@capi/emulator'
import { fakeClock } from '@capi/testing'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { PIXEL, page, person, sum } from './core-tests.ts'

const emulator = await startEmulator({ port: 0, max: 10_000 })
afterAll(() => emulator.close())

const log: string[] = []
beforeEach(() => {
  emulator.clear()
  emulator.faults.clear()
  log.length = 0
})

const client = (options: CapiOptions = {}) =>
  createCapi({
    pixelId: PIXEL,
    accessToken: 'secret-token',
    baseUrl: emulator.url,
    batch: { maxWaitMs: 5 },
    logger: { warn: (text) => log.push(text), error: (text) => log.push(text) },
    ...options,
  })

/** Leads in so many requests of a thousand; the events of each are named after it. */
const leads = (count: number) =>
  Array.from({ length: count }, (_one, n) => ({
    event_name: `Request${Math.floor(n / 1_000) + 1}`,
    ...page,
    ...person,
    event_id: `lead.${n}`,
  }))

const rejection = async (sending: Promise<unknown>) => {
  const error = await sending.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!CapiError.is(error)) throw error
  return error
}

const taken = () =>
  new Set(emulator.events({ status: 'processed' }).map(({ event_id }) => event_id))
const strike = (rule: FaultRule, request = 3) =>
  emulator.fail({ ...rule, match: { event_name: `Request${request}` } })

describe('a send of 2,500 events whose third request fails', () => {
  it.each<[string, string, FaultRule]>([
    [
      'a refused token',
      'api_error',
      { action: { type: 'error', status: 401, code: 190, error_subcode: 463 } },
    ],
    ['throttling', 'api_error', { preset: 'rate-limit' }],
    ['an outage', 'api_error', { preset: 'outage' }],
    ['a proxy’s page', 'api_error', { action: { type: 'html', status: 502 } }],
    ['a reset', 'network_error', { action: { type: 'reset' } }],
  ])(
    'rejects with what was taken before %s, and a repeat sends the rest',
    async (_n, code, rule) => {
      const capi = client()
      const events = leads(2_500)
      const end = strike(rule)
      const error = await rejection(capi.send(events))
      expect(error.code).toBe(code)
      const { partial } = error
      expect(partial?.events_received).toBe(2_000)
      expect(partial?.responses.map(({ event_ids }) => event_ids.length)).toEqual([1_000, 1_000])
      expect(partial?.receipts.map(({ outcome }) => outcome)).toEqual([
        ...Array.from({ length: 2_000 }, () => 'delivered'),
        ...Array.from({ length: 500 }, () => 'dropped'),
      ])
      expect(await sum(capi)).toEqual({ tracked: 2_500, delivered: 2_000, queued: 0, lost: 500 })

      end()
      const rest = events.filter((_event, n) => partial?.receipts[n]?.outcome !== 'delivered')
      const repeated = await capi.send(rest)
      expect(repeated.events_received).toBe(500)
      expect(emulator.events({ status: 'processed' })).toHaveLength(2_500)
      expect(taken().size).toBe(2_500)
      await capi.close({ timeoutMs: 0 })
    },
  )

  it('does so when no answer comes', async () => {
    const clock = fakeClock()
    const capi = client({ clock: { ...clock, now: Date.now } })
    strike({ action: { type: 'timeout' } })
    const sending = rejection(capi.send(leads(2_500)))
    await emulator.waitForEvent({ event_id: 'lead.2000' }, { timeoutMs: 30_000 })
    await clock.advance(10_000)
    const { code, partial } = await sending
    expect(code).toBe('timeout')
    expect(partial?.receipts.filter(({ outcome }) => outcome === 'delivered')).toHaveLength(2_000)
    await capi.close({ timeoutMs: 0 })
  })

  it('rejects with the reason when it is aborted there; the hooks say what was taken', async () => {
    const delivered: string[] = []
    const drops: Drop[] = []
    const capi = client({
      onDelivered: ({ event_ids }) => delivered.push(...event_ids),
      onDropped: (drop) => drops.push(drop),
    })
    const abort = new AbortController()
    strike({ action: { type: 'timeout' } })
    const sending = capi.send(leads(2_500), { signal: abort.signal }).catch((error) => error)
    await emulator.waitForEvent({ event_id: 'lead.2000' }, { timeoutMs: 30_000 })
    abort.abort()
    expect(await sending).toBe(abort.signal.reason)
    expect(delivered).toHaveLength(2_000)
    expect(drops).toMatchObject([{ reason: 'aborted', count: 500, event_ids: { length: 500 } }])
    expect(await sum(capi)).toEqual({ tracked: 2_500, delivered: 2_000, queued: 0, lost: 500 })
    await capi.close({ timeoutMs: 0 })
  })

  it('stops there, for the same would befall the next', async () => {
    const capi = client()
    strike({ preset: 'permission' }, 2)
    const { partial } = await rejection(capi.send(leads(4_000)))
    expect(partial?.events_received).toBe(1_000)
    expect(emulator.faults.list()[0]?.hits).toBe(1)
    expect(taken().size).toBe(1_000)
    expect(partial?.receipts[3_999]).toMatchObject({ outcome: 'dropped', reason: 'rejected' })
    await capi.close({ timeoutMs: 0 })
  })

  it('goes on when Meta refused it for what is in it', async () => {
    const capi = client()
    strike({ action: { type: 'error', status: 400, code: 100, error_subcode: 2804050 } }, 2)
    const { partial } = await rejection(capi.send(leads(2_500)))
    expect(partial?.events_received).toBe(1_500)
    expect(partial?.receipts[999]).toMatchObject({ outcome: 'delivered' })
    expect(partial?.receipts[1_000]).toMatchObject({ outcome: 'dropped', reason: 'rejected' })
    expect(partial?.receipts[2_000]).toMatchObject({ outcome: 'delivered' })
    await capi.close({ timeoutMs: 0 })
  })
})

it('says which pixel took which events when one of two refuses', async () => {
  const other = '9876543210'
  const capi = client({ pixelId: [PIXEL, other] })
  emulator.fail({ preset: 'unknown-dataset', match: { pixel_id: PIXEL } })
  const { partial } = await rejection(capi.send(leads(2)))
  expect(partial).toMatchObject({
    events_received: 2,
    responses: [{ pixelId: other, event_ids: ['lead.0', 'lead.1'] }],
    receipts: [{ outcome: 'dropped' }, { outcome: 'dropped' }],
  })
  expect(await sum(capi)).toEqual({ tracked: 4, delivered: 2, queued: 0, lost: 2 })
  await capi.close({ timeoutMs: 0 })
})

it('keeps the receipts out of printed errors', async () => {
  const capi = client()
  emulator.fail({ preset: 'permission' })
  const error = await rejection(capi.send(leads(1)))
  expect(error.partial?.receipts).toHaveLength(1)
  expect(inspect(error) + JSON.stringify(error)).not.toContain('receipts')
  const invalid = await rejection(capi.send({ event_name: 'Lead', ...page, user_data: {} }))
  expect(invalid.partial).toMatchObject({
    events_received: 0,
    receipts: [{ outcome: 'dropped', reason: 'invalid' }],
    responses: [],
  })
  expect(inspect(invalid) + JSON.stringify(invalid)).not.toContain('receipts')
  await capi.close({ timeoutMs: 0 })
})

describe('what Meta says of events it took', () => {
  /** Taken, though a website event should name its page and its browser. */
  const poor = {
    event_name: 'Lead',
    action_source: 'website',
    user_data: { em: 'a@b.co' },
  } as const

  it('is in the result of send and on the request channel, and logged once for each text', async () => {
    const capi = client()
    const heard: CapiChannels['capi:request'][] = []
    const listen = (message: unknown) => heard.push(message as (typeof heard)[number])
    diagnosticsChannel.subscribe('capi:request', listen)
    const first = await capi.send(poor)
    await capi.send(poor)
    await capi.track('Lead', {}, poor)
    await capi.flush()
    diagnosticsChannel.unsubscribe('capi:request', listen)
    const messages = first.responses[0]?.messages ?? []
    expect(messages).toEqual([
      expect.stringMatching(/^user_data\.client_user_agent: .+\. .+\.$/),
      expect.stringMatching(/^event_source_url: .+\. .+\.$/),
    ])
    expect(heard.map((message) => message.messages)).toEqual([messages, messages, messages])
    for (const message of messages)
      expect(log.filter((line) => line.includes(message))).toHaveLength(1)
    await capi.close()
  })

  it('is nothing where nothing is to be said', async () => {
    const capi = client()
    const { responses } = await capi.send(leads(1))
    expect(responses[0]).not.toHaveProperty('messages')
    expect(log).toEqual([])
    await capi.close()
  })
})

describe('upload_tag', () => {
  const sale = {
    event_name: 'Purchase',
    action_source: 'physical_store',
    user_data: { em: 'anna@example.com' },
    custom_data: { value: 9, currency: 'EUR' },
  } as const
  const tags = () => emulator.events().map(({ upload_tag }) => upload_tag)

  it('of the client stands beside the events of every request, queued and repeated ones too', async () => {
    const capi = client({ uploadTag: ' stores-october ', retry: { baseDelayMs: 10 } })
    emulator.fail({ preset: 'outage', times: 1 })
    await capi.track(sale.event_name, sale.custom_data, { ...sale, event_id: 'sale.1' })
    await capi.flush()
    await capi.send(sale)
    expect(tags()).toEqual(['stores-october', 'stores-october', 'stores-october'])
    expect(emulator.events({ upload_tag: 'stores-october', status: 'processed' })).toHaveLength(2)
    const [first, second] = emulator.events({ event_id: 'sale.1' })
    expect(second?.payload).toEqual(first?.payload)
    expect(first?.payload).not.toHaveProperty('upload_tag')
    await capi.close()
  })

  it('of send wins over the client’s, for its requests alone', async () => {
    const capi = client({ uploadTag: 'stores' })
    await capi.send(sale, { uploadTag: 'store-17' })
    await capi.with({ event_time: new Date() }).send(sale, { uploadTag: ' ' })
    await client().send(sale)
    expect(tags()).toEqual(['store-17', 'stores', undefined])
    await capi.close()
  })

  it('in an event is an issue that says where it belongs', async () => {
    const capi = client()
    const tagged = { ...sale, upload_tag: 'stores' }
    const { receipts } = await capi.send(tagged)
    expect(receipts[0]?.issues).toMatchObject([
      {
        path: 'upload_tag',
        code: 'misplaced_key',
        fix: 'Pass it as the option uploadTag of createCapi or of send.',
      },
    ])
    expect(tags()).toEqual([undefined])
    await capi.close()
  })

  it('that is no text stops the start, and rejects a send', async () => {
    const uploadTag = 17 as never
    expect(() => client({ uploadTag })).toThrow('Option uploadTag must be text')
    const capi = client()
    await expect(capi.send(sale, { uploadTag })).rejects.toMatchObject({ code: 'config_invalid' })
    expect(await sum(capi)).toEqual({ tracked: 0, delivered: 0, queued: 0, lost: 0 })
    await capi.close()
  })
})
