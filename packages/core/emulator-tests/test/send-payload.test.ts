import { buildEvent, type CapiOptions, createCapi, type Issue } from '@capi/core'
import { createEmulator, type Emulator } from '@capi/emulator'
import { beforeEach, describe, expect, it } from 'vitest'
import { PIXEL } from './core-tests.ts'

let emulator: Emulator
let log: string[]
beforeEach(() => {
  emulator = createEmulator()
  log = []
})

const client = (options: CapiOptions = {}) =>
  createCapi({
    pixelId: PIXEL,
    accessToken: 'secret-token',
    fetch: emulator.fetch,
    logger: { warn: (line) => log.push(line), error: (line) => log.push(line) },
    ...options,
  })

/** As Meta's documents show it. Source: Meta, Using the API, read 2026-09; the values are made up. */
const payload = () => ({
  data: [
    {
      event_name: 'Purchase',
      event_time: Math.floor(Date.now() / 1_000),
      action_source: 'website',
      event_source_url: 'https://shop.example/thanks',
      user_data: {
        em: ['7b17fb0bd173f625b58636fb796407c22b3d16fc78302d79f0fd30c2fc2fc068'],
        client_ip_address: '203.0.113.7',
        client_user_agent: 'UA/1',
      },
      custom_data: { currency: 'USD', value: '142.52' },
    },
    {
      event_name: 'Lead',
      event_time: Math.floor(Date.now() / 1_000),
      action_source: 'chat',
      user_data: { ph: ['+41 79 123 45 67'] },
    },
  ],
})
const lead = {
  event_name: 'Lead',
  action_source: 'chat',
  user_data: { em: 'anna@example.com' },
} as const
const codes = () => emulator.events().map(({ test_event_code }) => test_event_code)
const tags = () => emulator.events().map(({ upload_tag }) => upload_tag)

describe('the payload that Meta documents', () => {
  it('is taken as it is written', async () => {
    const { receipts, events_received } = await client().send(payload())
    expect(events_received).toBe(2)
    expect(receipts).toMatchObject([{ outcome: 'delivered' }, { outcome: 'delivered' }])
    expect(emulator.events().map(({ event_name, status }) => [event_name, status])).toEqual([
      ['Purchase', 'processed'],
      ['Lead', 'processed'],
    ])
    expect(log).toEqual([])
  })

  it('says of its test_event_code and upload_tag what counts for this call', async () => {
    const capi = client({ testEventCode: 'TEST0', uploadTag: 'stores' })
    await capi.send({ ...payload(), test_event_code: ' TEST1 ', upload_tag: 'store-17' })
    await capi.send({ ...payload(), test_event_code: ' ', upload_tag: undefined })
    await capi.send(payload())
    expect(codes()).toEqual(['TEST1', 'TEST1', 'TEST0', 'TEST0', 'TEST0', 'TEST0'])
    expect(tags()).toEqual(['store-17', 'store-17', 'stores', 'stores', 'stores', 'stores'])
  })

  it('yields to the options of the call', async () => {
    const body = { ...payload(), test_event_code: 'TEST1', upload_tag: 'payload' }
    await client().send(body, { testEventCode: 'TEST2', uploadTag: 'option' })
    expect(codes()).toEqual(['TEST2', 'TEST2'])
    expect(tags()).toEqual(['option', 'option'])
  })

  it('has its other keys reported and not sent, without their values', async () => {
    const issues: Issue[] = []
    const capi = client({ onIssue: (issue) => issues.push(issue) })
    const more = {
      access_token: 'token-of-the-payload',
      appsecret_proof: 'proof-of-the-payload',
      partner_agent: 'agent-of-the-payload',
      upload_id: 'id-of-the-payload',
      upload_source: 'source-of-the-payload',
      namespace_id: '1',
      'anna@example.com': 1,
    }
    await capi.send({ ...payload(), ...more })
    expect(issues.map(({ path, code, fix }) => [path, code, fix])).toEqual([
      ['access_token', 'misplaced_key', 'Pass it as the option accessToken.'],
      ['appsecret_proof', 'misplaced_key', 'Pass it as the option appSecret.'],
      ['partner_agent', 'misplaced_key', 'Pass it as the option partnerAgent.'],
      ['upload_id', 'unknown_key', expect.stringMatching(/^Remove it/)],
      ['upload_source', 'unknown_key', expect.stringMatching(/^Remove it/)],
      ['namespace_id', 'unknown_key', expect.stringMatching(/^Remove it/)],
      ['*', 'unknown_key', expect.stringMatching(/^Remove it/)],
    ])
    expect(JSON.stringify(emulator.events())).not.toContain('of-the-payload')
    await client().send({ ...payload(), ...more })
    expect(log.join()).toContain('access_token')
    expect(log.join()).not.toMatch(/of-the-payload|anna/)
  })

  it('of a tracker takes the scope under each event', async () => {
    const capi = client().with({ ...lead, custom_data: { order_id: '7' } })
    await capi.send({ data: [{ event_name: 'Lead' }, { event_name: 'Contact' }] })
    expect(emulator.events().map(({ payload }) => payload['custom_data'])).toEqual([
      { order_id: '7' },
      { order_id: '7' },
    ])
  })

  it('that is empty, or whose list is none, is refused', async () => {
    await expect(client().send({ data: [] })).rejects.toMatchObject({ code: 'validation_failed' })
    for (const data of ['[]', {}, 17, null])
      await expect(client().send({ data } as never)).rejects.toMatchObject({
        code: 'validation_failed',
      })
    const getter = {
      get data() {
        throw new Error('anna@example.com')
      },
    }
    await expect(client().send(getter as never)).rejects.toMatchObject({
      code: 'validation_failed',
      issues: [{ code: 'unreadable_input' }],
    })
  })

  it('with a code that is no text is refused before anything is counted', async () => {
    const capi = client()
    for (const wrong of [
      capi.send({ ...payload(), test_event_code: 17 } as never),
      capi.send({ ...payload(), upload_tag: {} } as never),
      capi.send(lead, { testEventCode: 17 } as never),
    ])
      await expect(wrong).rejects.toMatchObject({
        code: 'config_invalid',
        message: expect.stringMatching(
          /^Option (test_event_code|upload_tag|testEventCode) must be text/,
        ),
      })
    expect((await capi.stats()).tracked).toBe(0)
  })
})

describe('testEventCode', () => {
  it('of send is for its requests alone', async () => {
    const capi = client()
    await capi.send(lead, { testEventCode: 'TEST1' })
    await capi.send(lead)
    await capi.enqueue(lead)
    await capi.flush()
    expect(codes()).toEqual(['TEST1', undefined, undefined])
  })
})

it('takes back what buildEvent returned, of every channel, byte for byte', async () => {
  const { data } = payload()
  const built = data.map((event) => buildEvent(event as never).event)
  for (const event of built) {
    if (event === undefined) throw new Error('not built')
    const { receipts } = await client().send(event)
    expect(receipts).toEqual([{ event_id: event.event_id, outcome: 'delivered', issues: [] }])
    expect(emulator.events().at(-1)?.payload).toEqual(event)
  }
})

it('is a client of the emulator with emulator.options, closed at the end of its block', async () => {
  {
    await using capi = createCapi({ ...emulator.options })
    await capi.track('Lead', {}, lead)
  }
  expect(emulator.events()).toMatchObject([
    { event_name: 'Lead', pixel_id: emulator.options.pixelId },
  ])
})
