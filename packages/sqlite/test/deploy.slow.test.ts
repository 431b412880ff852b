import { mkdirSync, readFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Child, runChild } from '@capi/testing'
import { expect, it } from 'vitest'
import { metaServer } from './meta-server.ts'
import { tempFolder } from './temp-folder.ts'

/** Seconds in which both processes run, in the longest case. By hand: CAPI_TOGETHER_S=30 npx vitest run --project sqlite deploy. */
const TOGETHER_MS = Number(process.env['CAPI_TOGETHER_S'] ?? 2) * 1_000
/** Timers are late on a machine that is busy with other tests. */
const LATE_MS = process.env['CAPI_TOGETHER_S'] === undefined ? 4_000 : 500
const PUT_TIMEOUT_MS = 1_000

type Weather = 'well' | 'slow' | 'hanging' | 'away'
const DELAY_MS = { well: 20, slow: 3_000 }

let weather: Weather = 'well'
let arrived = new Map<string, number>()
const baseUrl = metaServer(answer)

function answer(text: string, response: ServerResponse): void {
  if (weather === 'hanging') return
  if (weather === 'away') {
    response.statusCode = 503
    response.end('{}')
    return
  }
  const { data } = JSON.parse(text) as { data: { event_id: string }[] }
  for (const { event_id } of data) arrived.set(event_id, (arrived.get(event_id) ?? 0) + 1)
  const reply = JSON.stringify({ events_received: data.length })
  setTimeout(() => response.end(reply), DELAY_MS[weather])
}

const newPath = tempFolder()

interface Note {
  readonly name: string
  readonly event_id?: string
  readonly outcome?: string
  readonly durable?: boolean
  readonly tookMs?: number
  readonly dropped?: { readonly count: number; readonly event_ids?: readonly string[] }
  readonly closedInMs?: number
}

function newDeployment() {
  const path = newPath()
  mkdirSync(dirname(path))
  const notes = `${path}.notes`
  arrived = new Map()
  return {
    start: (name: string, more: object = {}) =>
      runChild(
        new URL('./children/deployed.ts', import.meta.url),
        path,
        baseUrl(),
        notes,
        name,
        JSON.stringify(more),
      ),
    read: () =>
      readFileSync(notes, 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Note),
  }
}

async function end(child: Child): Promise<void> {
  child.process.kill('SIGTERM')
  expect(await child.ended()).toMatchObject({ code: 0 })
}

interface Case {
  readonly weather: Weather
  /** How long both run. */
  readonly togetherMs: number
  readonly more?: object
}

const CASES: Readonly<Record<string, Case>> = {
  'the new process starts as the old one closes, Meta well': { weather: 'well', togetherMs: 0 },
  'the new process starts as the old one closes, Meta hangs': { weather: 'hanging', togetherMs: 0 },
  'the new process starts as the old one closes, Meta slow': { weather: 'slow', togetherMs: 0 },
  'together for a while, Meta away': { weather: 'away', togetherMs: TOGETHER_MS },
  'together for a while, Meta well': { weather: 'well', togetherMs: TOGETHER_MS },
  'together for longer than a long lockTimeoutMs, Meta away': {
    weather: 'away',
    togetherMs: TOGETHER_MS,
    more: { lockTimeoutMs: TOGETHER_MS * 0.7 },
  },
  'together for a while with a file for each process, Meta away': {
    weather: 'away',
    togetherMs: TOGETHER_MS,
    more: { perProcess: true },
  },
}

it.each(Object.entries(CASES))(
  'loses no event in a deployment with two processes on one file: %s',
  async (name, { weather: during, togetherMs, more }) => {
    const deployment = newDeployment()
    weather = 'well'
    const old = deployment.start('old', more)
    await old.printed('started')
    await sleep(200)
    weather = during
    await sleep(500)
    const next = deployment.start('new', more)
    if (togetherMs > 0) {
      await next.printed('started')
      await sleep(togetherMs)
    }
    await end(old)
    await next.printed('started')
    await sleep(500)
    await end(next)
    // Whatever is left goes out with the next start.
    weather = 'well'
    const last = deployment.start('last', more)
    await last.printed('started')
    const notes = deployment.read()
    const accepted = notes.flatMap(({ event_id, outcome }) =>
      outcome === 'accepted' && event_id !== undefined ? [event_id] : [],
    )
    const dropped = notes.flatMap((one) => one.dropped?.event_ids ?? [])
    const missing = () => accepted.filter((id) => !arrived.has(id) && !dropped.includes(id))
    for (let n = 0; n < 100 && missing().length > 0; n++) await sleep(100)
    await end(last)
    const waits = notes.flatMap(({ tookMs = 0 }) => tookMs)
    const figures = {
      name,
      tracked: notes.filter((one) => one.event_id !== undefined).length,
      accepted: accepted.length,
      held: notes.filter(({ durable }) => durable === false).length,
      lost: missing().length,
      dropped: dropped.length,
      'dropped, yet arrived': dropped.filter((id) => arrived.has(id)).length,
      'arrived twice': [...arrived.values()].filter((times) => times > 1).length,
      'longest track': Math.round(Math.max(...waits)),
      'close of the old': Math.round(
        notes.find((one) => one.name === 'old' && one.closedInMs !== undefined)?.closedInMs ?? 0,
      ),
    }
    if (process.env['CAPI_TOGETHER_S'] !== undefined)
      process.stderr.write(`${JSON.stringify(figures)}\n`)
    expect(figures).toMatchObject({ accepted: figures.tracked, lost: 0, dropped: 0 })
    expect(figures['longest track']).toBeLessThan(PUT_TIMEOUT_MS + LATE_MS)
    expect(figures['close of the old']).toBeLessThan(1_000 + LATE_MS)
  },
  60_000 + 3 * TOGETHER_MS,
)
