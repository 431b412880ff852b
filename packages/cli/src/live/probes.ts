import { gzipSync } from 'node:zlib'
import type { Sample } from './samples.ts'

/** One call of the events edge, but for the token. */
export interface LiveCall {
  readonly name: string
  /** How many events are in it. */
  readonly events: number
  readonly body: string | Uint8Array<ArrayBuffer>
  readonly headers?: Readonly<Record<string, string>>
  /** In place of the version in use. */
  readonly apiVersion?: string
}

/** The one place bodies are made in: none is without the test code. */
export function callOf(name: string, bodies: readonly string[], testEventCode: string): LiveCall {
  const code = JSON.stringify(testEventCode)
  const body = `{"data":[${bodies.join(',')}],"test_event_code":${code}}`
  return { name, events: bodies.length, body }
}

type Event = Readonly<Record<string, unknown>>

/** What spoils one event of a batch. */
const DEFECTS: Readonly<Record<string, (event: Event, nowSec: number) => Event>> = {
  'too old': (event, nowSec) => ({ ...event, event_time: nowSec - 8 * 86_400 }),
  'no currency': (event) => ({ ...event, custom_data: { value: 1 } }),
  'unknown key': (event) => ({ ...event, smoke_test: 1 }),
  'nobody to match': (event) => ({ ...event, user_data: { client_user_agent: 'smoke test' } }),
}
const BATCH = 10
const BAD_INDEX = 3
const AHEAD_SEC = [1, 60, 600, 3_600] as const

/** Calls that answer questions no document answers; each is harmless and refused, or a test event. */
export function probes(website: Sample, testEventCode: string, nowMs: number): LiveCall[] {
  const event: Event = JSON.parse(website.body)
  const nowSec = Math.floor(nowMs / 1000)
  const bodyOf = (change: Event, id: string) =>
    JSON.stringify({ ...event, event_id: `smoke.${nowMs}.${id}`, ...change })

  const spoiled = Object.entries(DEFECTS).map(([defect, spoil]) => {
    const bodies = Array.from({ length: BATCH }, (_, index) =>
      bodyOf(index === BAD_INDEX ? spoil(event, nowSec) : {}, `E2.${defect}.${index}`),
    )
    return callOf(`E2 batch, one ${defect}`, bodies, testEventCode)
  })
  const empty = [1, 2, 3].map((time) => callOf(`E3 no events, call ${time}`, [], testEventCode))
  const plain = callOf('E6 gzip', [bodyOf({}, 'E6')], testEventCode)
  const packed: LiveCall = {
    ...plain,
    body: gzipSync(plain.body),
    headers: { 'content-encoding': 'gzip' },
  }
  const ahead = AHEAD_SEC.map((seconds) =>
    callOf(
      `E8 ${seconds} s ahead`,
      [bodyOf({ event_time: nowSec + seconds }, `E8.${seconds}`)],
      testEventCode,
    ),
  )
  const old: LiveCall = {
    ...callOf('E10 version v13.0', [bodyOf({}, 'E10')], testEventCode),
    apiVersion: 'v13.0',
  }
  return [...spoiled, ...empty, packed, ...ahead, old]
}
