import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { createEmulator, type Emulator } from '../src/index.ts'
import { event, HASH, now, post, TOKEN } from './support.ts'

const sendTo = (emulator: Emulator, path: string, init: RequestInit) =>
  emulator.fetch(`https://graph.facebook.com${path}`, init)

/** A call whose body is sent as it is. */
const sendText = (
  emulator: Emulator,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
) =>
  sendTo(emulator, '/v27.0/42/events', {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json', ...headers },
    body,
  })

describe('recorded calls', () => {
  it('keeps a call with its request, its answer and its events', async () => {
    const emulator = createEmulator({ now })
    const body = { data: [event({ event_id: 'a' }), event({ event_id: 'b' })] }
    const answer = await post(emulator, body, { 'user-agent': 'shop/1', cookie: 'sid=1' })
    const text = await answer.text()
    expect(emulator.calls()).toEqual([
      {
        id: 1,
        received_at: now(),
        source: 'server',
        method: 'POST',
        path: '/v27.0/42/events',
        pixel_id: '42',
        bytes: JSON.stringify(body).length,
        content_type: 'application/json',
        headers: {
          authorization: 'Bearer …wxyz',
          'content-type': 'application/json',
          'user-agent': 'shop/1',
        },
        outcome: 'taken',
        status: 200,
        fbtrace_id: answer.headers.get('x-fb-trace-id'),
        duration_ms: expect.any(Number),
        answer: text,
        events: [1, 2],
        event_ids: ['a', 'b'],
      },
    ])
    expect(emulator.events().map(({ call }) => call)).toEqual([1, 1])
  })

  it.each<[string, (emulator: Emulator) => Promise<unknown>, string]>([
    [
      'broken JSON',
      (to) => sendText(to, '{"data": [{"event_name": "Purchase",]}'),
      'body_unreadable',
    ],
    ['events in place of data', (to) => post(to, { events: [event()] }), 'data_invalid'],
    ['data that is an object', (to) => post(to, { data: event() }), 'data_invalid'],
    ['an empty list', (to) => post(to, { data: [] }), 'data_invalid'],
    ['no token', (to) => post(to, { data: [event()] }, { authorization: '' }), 'token_missing'],
    [
      'a path without a version',
      (to) => sendTo(to, '/42/events', { method: 'POST' }),
      'version_missing',
    ],
    [
      'a wrong path',
      (to) => sendTo(to, '/v27.0/42/event', { method: 'POST', body: '{}' }),
      'path_unknown',
    ],
    ['GET', (to) => sendTo(to, '/v27.0/42/events', {}), 'method_unsupported'],
    ['a report without a token', (to) => sendTo(to, '/v27.0/dataset_quality', {}), 'token_missing'],
    [
      'a Gateway without a key',
      (to) => sendTo(to, '/capi/42/events', { method: 'POST', body: '{}' }),
      'access_key_missing',
    ],
  ])('keeps a call that is refused: %s', async (_what, send, rule) => {
    const emulator = createEmulator({ now })
    await send(emulator)
    expect(emulator.calls()).toMatchObject([{ id: 1, outcome: 'refused', error: { rule } }])
    const [call] = emulator.calls()
    expect(call?.error?.title).not.toBe('')
    expect(call?.fbtrace_id).toMatch(/^A/)
    expect(JSON.parse(call?.answer ?? '')).toHaveProperty('error')
    expect(emulator.calls({ rule })).toHaveLength(1)
    expect(emulator.calls({ outcome: 'taken' })).toEqual([])
  })

  it('shows the beginning of an unreadable body, and no value of a person in it', async () => {
    const emulator = createEmulator({ now })
    const secrets = [
      'Jane',
      'jane@example.com',
      '+41791234567',
      HASH,
      TOKEN,
      '94025',
      'Müller',
      'Zürich',
    ]
    const bodies = [
      `{"data": [{"event_name": "Purchase", "user_data": {"em": "${secrets[1]}", "fn": "Jane"},]}`,
      // A quote is missing: values stand where keys do.
      `{"data": [{"event_name: "Purchase", "user_data": {"em": "${secrets[1]}", "fn: "Jane", 'ph': '${secrets[2]}'`,
      `data=[{"em":"${HASH}","ln":"Müller","ct":"Zürich","zp":94025}&access_token=${TOKEN}`,
      `<em>jane@example.com</em>${TOKEN}`,
      JSON.stringify({
        events: [{ user_data: { fn: 'Jane', em: secrets[1] } }],
        access_token: TOKEN,
      }),
    ]
    for (const body of bodies) await sendText(emulator, body)
    const kept = emulator.calls()
    expect(kept.map((call) => call.body?.length)).toEqual(bodies.map((body) => body.length))
    for (const secret of secrets) expect(JSON.stringify(kept)).not.toContain(secret)
    expect(kept[0]?.body).toBe(
      '{"data": [{"event_name": "Purchase", "user_data": {"em": "xxxx@xxxxxxx.xxx", "fn": "xxxx"},]}',
    )
    expect(kept[4]?.body).toContain('{"events":[{"user_data":{"fn":"xxxx"')
  })

  it('shows at most 2,000 bytes of a body, decompressed where it can be', async () => {
    const emulator = createEmulator({ now })
    await sendText(emulator, '['.repeat(9_000))
    await sendText(emulator, new Uint8Array(gzipSync('{"data": 1')), { 'content-encoding': 'gzip' })
    await sendText(emulator, '{"data": 1', { 'content-encoding': 'gzip' })
    expect(emulator.calls()).toMatchObject([
      { bytes: 9_000, body: '['.repeat(2_000) },
      { content_encoding: 'gzip', body: '{"data": 0' },
      { bytes: 10, body: '{"data": 0' },
    ])
  })

  it('keeps no token and no value of a person of a path', async () => {
    const emulator = createEmulator({ now })
    await sendTo(
      emulator,
      `/v27.0/42/events?access_token=${TOKEN}&em=jane@example.com&test_event_code=T1`,
      {
        method: 'POST',
        body: JSON.stringify({ data: [event()] }),
      },
    )
    await sendTo(emulator, `/v27.0/${TOKEN}/events/`, { method: 'POST' })
    expect(emulator.calls().map(({ path }) => path)).toEqual([
      '/v27.0/42/events?access_token=…wxyz&em=…&test_event_code=T1',
      '/v27.0/…wxyz/events/',
    ])
  })

  it('names the fault that struck a call, on its events too', async () => {
    const emulator = createEmulator({ now })
    emulator.fail({ preset: 'rate-limit', times: 1 })
    emulator.fail({ action: { type: 'process_then_cut' }, times: 1 })
    emulator.fail({ action: { type: 'malformed' }, times: 1 })
    await post(emulator, { data: [event()] })
    await expect(post(emulator, { data: [event()] })).rejects.toThrow('fetch failed')
    await post(emulator, { data: [event()] })
    const limit = { id: 1, type: 'error', preset: 'rate-limit' }
    expect(emulator.calls()).toMatchObject([
      { outcome: 'faulted', status: 400, fault: limit, answer: expect.stringContaining('80004') },
      { outcome: 'taken', status: null, fault: { id: 2, type: 'process_then_cut' } },
      { outcome: 'taken', status: 200, fault: { id: 3, type: 'malformed' } },
    ])
    expect(emulator.events()).toMatchObject([{ status: 'faulted', fault: limit }, {}, {}])
    expect(emulator.events()[1]).not.toHaveProperty('fault')
    expect(emulator.calls({ fault: 'rate-limit' })).toHaveLength(1)
    expect(JSON.parse(emulator.calls()[2]?.answer ?? '')).toHaveProperty('events_received', 1)
  })

  it('joins the tries of one event', async () => {
    const emulator = createEmulator({ now })
    const heard: string[] = []
    const response = await emulator.fetch('/__capi/events/stream')
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    emulator.fail({ preset: 'outage', times: 2 })
    const data = [event({ event_id: 'a' }), event({ event_id: 'b' })]
    await post(emulator, { data })
    await post(emulator, { data: [event({ event_id: 'c' })] })
    await post(emulator, { data })
    await post(emulator, { data: [event({ event_id: 'b' })] })
    // Another event, and another side, under one id.
    await post(emulator, { data: [event({ event_id: 'a', event_name: 'Lead' })] })
    await emulator.fetch('/tr?id=42&ev=PageView&eid=a')
    expect(emulator.calls().map(({ tries }) => tries)).toEqual([
      [1, 3, 4],
      undefined,
      [1, 3, 4],
      [1, 3, 4],
      undefined,
      undefined,
    ])
    while (!heard.join('').includes('event: call\ndata: {"id":6,'))
      heard.push((await reader?.read())?.value ?? '')
    const calls = heard.join('').match(/^event: call$/gm)
    expect(calls).toHaveLength(6 + 1 + 2)
    await emulator.close()
  })

  it('keeps what the browser reports, but neither preflights nor its own page', async () => {
    const emulator = createEmulator({ now })
    await emulator.fetch('/v27.0/42/events', { method: 'OPTIONS' })
    await emulator.fetch('/tr', { method: 'OPTIONS' })
    for (const path of ['/', '/__capi/events', '/en_US/fbevents.js', '/favicon.ico']) {
      await emulator.fetch(path)
    }
    await emulator.fetch('/tr/?id=42&ev=Lead&eid=a&ud[em]=x&dl=https://shop.example/?em=jane')
    const body = new URLSearchParams({ id: '42', ev: 'Lead' })
    await emulator.fetch('/tr', { method: 'POST', body })
    await emulator.fetch('/tr')
    expect(emulator.calls()).toMatchObject([
      {
        id: 1,
        source: 'browser',
        path: '/tr/?id=42&ev=Lead&eid=a&ud[em]=…&dl=…',
        pixel_id: '42',
        status: 200,
        events: [1],
        event_ids: ['a'],
      },
      { id: 2, source: 'browser', method: 'POST', bytes: 13, events: [2] },
      { id: 3, source: 'browser', events: [], event_ids: [] },
    ])
  })

  it('keeps the newest only, and none after clear()', async () => {
    const emulator = createEmulator({ now, max: 3 })
    for (let count = 0; count < 5; count++)
      await post(emulator, { data: [event({ event_id: 'a' })] })
    expect(emulator.calls().map(({ id }) => id)).toEqual([3, 4, 5])
    emulator.clear()
    expect(emulator.calls()).toEqual([])
    await post(emulator, { data: [event({ event_id: 'a' })] })
    expect(emulator.calls()).toMatchObject([{ id: 6 }])
    expect(emulator.calls()[0]).not.toHaveProperty('tries')
  })

  it('answers the same over HTTP', async () => {
    const emulator = createEmulator({ now })
    await sendText(emulator, '{')
    await post(emulator, { data: [event({ event_id: 'a' })] })
    const read = async (path: string) => (await emulator.fetch(path)).json()
    const [first, second] = emulator.calls()
    expect(await read('/__capi/calls')).toEqual({ calls: [first, second] })
    expect(await read('/__capi/calls?status=400&method=POST')).toEqual({ calls: [first] })
    expect(await read('/__capi/calls?event_id=a&pixel_id=42')).toEqual({ calls: [second] })
    expect(await read('/__capi/calls/2')).toEqual(second)
    expect((await emulator.fetch('/__capi/calls/9')).status).toBe(404)
    expect(() => emulator.calls('x' as never)).toThrow('must be an object')
  })
})
