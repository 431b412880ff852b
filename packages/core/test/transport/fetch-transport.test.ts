import { abortListeners, fakeClock } from '@capi/testing'
import { expect, it } from 'vitest'
import {
  fetchTransport,
  type Transport,
  type TransportRequest,
} from '../../src/transport/fetch-transport.ts'

const TIMEOUT_MS = 1_000

type Fetch = typeof globalThis.fetch

const yes: Fetch = async () => Response.json({ events_received: 1 })
const hang: Fetch = () => new Promise(() => {})

/** A body that begins and never ends. */
const drip: Fetch = async () => new Response(new ReadableStream())

const down: Fetch = async () => {
  throw new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } })
}

const prepare: TransportRequest['prepare'] = async () => ({
  url: 'https://graph.example/events',
  headers: {},
  body: '{}',
})

/** What ends a request: each takes its own way through the transport. */
const ENDS: readonly {
  readonly name: string
  readonly fetch: Fetch
  readonly asked?: Partial<TransportRequest>
  readonly passMs?: number
  readonly isAborted?: boolean
  readonly result: { readonly phase: string; readonly code?: string }
}[] = [
  { name: 'an answer', fetch: yes, result: { phase: 'answered' } },
  { name: 'no connection', fetch: down, result: { phase: 'not_sent', code: 'ECONNREFUSED' } },
  {
    name: 'no answer within the deadline',
    fetch: hang,
    passMs: TIMEOUT_MS,
    result: { phase: 'no_answer', code: 'timeout' },
  },
  {
    name: 'half an answer at the deadline',
    fetch: drip,
    passMs: TIMEOUT_MS,
    result: { phase: 'no_answer', code: 'timeout' },
  },
  {
    name: 'a token that does not come',
    fetch: yes,
    asked: { prepare: () => new Promise(() => {}) },
    passMs: TIMEOUT_MS,
    result: { phase: 'not_sent', code: 'access_token_timeout' },
  },
  {
    name: 'a token function that throws',
    fetch: yes,
    asked: { prepare: () => Promise.reject(new Error('vault')) },
    result: { phase: 'not_sent', code: 'access_token_unavailable' },
  },
  {
    name: 'an abort',
    fetch: hang,
    isAborted: true,
    result: { phase: 'no_answer', code: 'aborted' },
  },
]

function world(fetch: Fetch) {
  const clock = fakeClock()
  const listeners = abortListeners('/packages/core/src/')
  const send: Transport = fetchTransport({ fetch, clock, timeoutMs: TIMEOUT_MS })
  const left = () => ({ timers: clock.timers(), listeners: listeners.count() })
  return { clock, listeners, send, left }
}

it.each(ENDS)('leaves no timer and no listener behind after $name', async (end) => {
  const { clock, listeners, send, left } = world(end.fetch)
  // As a lane has: one signal for all of its requests.
  const lane = new AbortController()
  for (let n = 0; n < 3; n++) {
    const sending = send({
      url: 'https://graph.example/events',
      prepare,
      sent: 1,
      signal: lane.signal,
      ...end.asked,
    })
    if (end.passMs !== undefined) {
      await clock.advance(end.passMs - 1)
      expect(left()).toEqual({ timers: 1, listeners: 1 })
      await clock.advance(1)
    }
    if (end.isAborted) {
      await clock.advance(0)
      lane.abort()
    }
    const code = end.isAborted && n > 0 ? { phase: 'not_sent', code: 'aborted' } : end.result
    expect(await sending).toMatchObject(code)
    expect(left()).toEqual({ timers: 0, listeners: 0 })
  }
  listeners.restore()
})

it('ends what fetch still does, when the deadline is over', async () => {
  let signal: AbortSignal | null | undefined
  const { clock, listeners, send } = world((_url, init) => {
    signal = init?.signal
    return new Promise(() => {})
  })
  const sending = send({ url: 'https://graph.example/events', prepare, sent: 1 })
  await clock.advance(TIMEOUT_MS)
  await sending
  expect(signal?.aborted).toBe(true)
  listeners.restore()
})
