import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { applyCalls, callFilter, rowsOf } from '../../page/src/model/call-log.ts'
import { curlForMeta, requestAsCurl, requestOf } from '../../page/src/model/call-request.ts'
import { createEmulator } from '../../src/index.ts'
import type { RecordedCall } from '../../src/store/recorded-call.ts'
import { HASH, TOKEN } from '../support.ts'
import { captured } from './events.ts'

function call(changes: Partial<RecordedCall> = {}): RecordedCall {
  return {
    id: 1,
    received_at: 1_793_491_200_000,
    source: 'server',
    method: 'POST',
    path: '/v27.0/42/events',
    pixel_id: '42',
    bytes: 100,
    headers: { authorization: 'Bearer …wxyz' },
    outcome: 'taken',
    status: 200,
    duration_ms: 3,
    events: [1],
    event_ids: ['order-1'],
    ...changes,
  }
}

const ids = (calls: readonly RecordedCall[]) => calls.map(({ id }) => id)

describe('the page’s calls', () => {
  it('stand in the order in which they began, whichever ended first, the oldest leaving first', () => {
    const kept = applyCalls([call({ id: 1 })], [call({ id: 3 }), call({ id: 2 })], 2)
    expect(ids(kept)).toEqual([2, 3])
  })

  it('are replaced when another try joined them', () => {
    const kept = applyCalls([call({ id: 1 })], [call({ id: 1, tries: [1, 2] })])
    expect(kept.map(({ tries }) => tries)).toEqual([[1, 2]])
  })

  it('are forgotten all, or those of one dataset', () => {
    const kept = [call({ id: 1 }), call({ id: 2, pixel_id: '43' })]
    expect(ids(applyCalls(kept, [{ cleared: '42' }]))).toEqual([2])
    expect(ids(applyCalls(kept, [{ cleared: undefined }, call({ id: 3 })]))).toEqual([3])
  })

  it('are listed newest first, earlier tries of one event right below the last', () => {
    const tries = [1, 3, 5]
    const kept = [1, 2, 3, 4, 5, 6].map((id) => call({ id, ...(tries.includes(id) && { tries }) }))
    expect(
      rowsOf(kept).map(({ call: { id }, attempt, isEarlier }) => [id, attempt, isEarlier]),
    ).toEqual([
      [6, undefined, false],
      [5, 3, false],
      [3, 2, true],
      [1, 1, true],
      [4, undefined, false],
      [2, undefined, false],
    ])
  })

  it('draw no call twice, however batches share their events', () => {
    const kept = [
      call({ id: 1, tries: [1, 3] }),
      call({ id: 2, tries: [2, 3] }),
      call({ id: 3, tries: [1, 2, 3] }),
      call({ id: 4, tries: [2, 4] }),
    ]
    expect(new Set(ids(rowsOf(kept).map((row) => row.call)))).toEqual(new Set([1, 2, 3, 4]))
  })

  const refused = call({
    status: 400,
    outcome: 'refused',
    error: { rule: 'body_unreadable', code: 100, title: 'Invalid JSON', fix: 'Send JSON.' },
    fbtrace_id: 'AbC123',
    events: [],
    event_ids: [],
  })
  it.each([
    ['', true],
    ['refused', true],
    ['REFUSED 400', true],
    ['body_unreadable', true],
    ['abc123', true],
    ['post /v27.0/42', true],
    ['no-events', true],
    ['-server', false],
    ['-browser refused', true],
    ['faulted', false],
  ])('are found by their words: %j is %s', (query, expected) => {
    expect(callFilter(query)(refused)).toBe(expected)
  })
})

/** What a shell makes of the command: its arguments, with the token's variable set. */
function wordsOf(command: string): readonly string[] {
  const script = `curl() { printf '%s\\0' "$@"; }\n${command}`
  const env = { ...process.env, META_CAPI_ACCESS_TOKEN: 'from-the-environment' }
  return execFileSync('/bin/sh', ['-c', script], { encoding: 'utf8', env }).split('\0').slice(0, -1)
}

describe('a call made again', () => {
  const event = captured({
    id: 1,
    event_id: 'order-1',
    payload: { event_name: 'Purchase', user_data: { em: HASH }, custom_data: { note: "it's" } },
  })

  it('brings its events, and no token', () => {
    const sent = call({ path: '/v27.0/42/events?access_token=…wxyz' })
    expect(requestOf(sent, [event])).toEqual({
      method: 'POST',
      path: '/v27.0/42/events',
      headers: { Authorization: 'Bearer any-token', 'Content-Type': 'application/json' },
      body: JSON.stringify({ data: [event.payload] }),
    })
  })

  it('goes without a token where it came without', () => {
    expect(requestOf(call({ headers: {} }), [event])?.headers).toEqual({
      'Content-Type': 'application/json',
    })
  })

  it('is not offered once its events are gone', () => {
    expect(requestOf(call({ events: [1, 2] }), [event])).toBeUndefined()
  })

  it('is refused for the same reason when its body could not be read', async () => {
    const emulator = createEmulator()
    const url = `https://graph.facebook.com/v27.0/42/events?access_token=${TOKEN}`
    await emulator.fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"data":[{"event_name":"Purchase","user_data":{"em":"Jane"}}',
    })
    const [kept] = await recorded(emulator)
    const request = kept && requestOf(kept, [])
    if (!request) throw new Error('No request')
    const { path, ...init } = request
    expect(init.body).not.toContain('Jane')
    await emulator.fetch(path, init)
    const rules = (await recorded(emulator)).map(({ error }) => error?.rule)
    expect(rules).toEqual(['body_unreadable', 'body_unreadable'])
  })

  it('reports as the pixel did', async () => {
    const emulator = createEmulator()
    const query =
      'id=42&ev=Purchase&eid=o1&dl=https%3A%2F%2Fshop.example%2F&cd[value]=12&cd[content_ids]=["a"]&fbp=fb.1.1.2'
    await emulator.fetch(`/tr?${query}`)
    const [kept] = await recorded(emulator)
    const request = kept && requestOf(kept, emulator.events())
    await emulator.fetch(request?.path ?? '')
    const [first, second] = emulator.events()
    expect(second?.payload).toEqual(first?.payload)
  })

  it('is a command that a shell reads as it was', () => {
    const request = requestOf(call(), [event])
    expect(request && wordsOf(requestAsCurl(request, 'http://127.0.0.1:2274'))).toEqual([
      'http://127.0.0.1:2274/v27.0/42/events',
      '-H',
      'Authorization: Bearer any-token',
      '-H',
      'Content-Type: application/json',
      '-d',
      JSON.stringify({ data: [event.payload] }),
    ])
    expect(
      wordsOf(requestAsCurl({ method: 'DELETE', path: '/x', headers: {} }, 'http://h')),
    ).toEqual(['http://h/x', '-X', 'DELETE'])
  })

  it('goes to Meta with the token of the shell, and always as a test', () => {
    const words = wordsOf(curlForMeta(call({ path: '/v25.0/42/events?x=1' }), [event], 'TEST1'))
    expect(words[0]).toBe('https://graph.facebook.com/v25.0/42/events')
    expect(words).toContain('Authorization: Bearer from-the-environment')
    expect(JSON.parse(words.at(-1) ?? '')).toEqual({
      data: [event.payload],
      test_event_code: 'TEST1',
    })
    const gateway = wordsOf(curlForMeta(call({ path: '/capi/42/events' }), [event], 'TEST1'))
    expect(gateway[0]).toBe('https://graph.facebook.com/v27.0/42/events')
  })
})

async function recorded(emulator: ReturnType<typeof createEmulator>) {
  const response = await emulator.fetch('/__capi/calls')
  return ((await response.json()) as { readonly calls: readonly RecordedCall[] }).calls
}
