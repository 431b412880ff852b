import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { runChild } from '@capi/testing'
import { expect, it } from 'vitest'
import { metaServer } from './meta-server.ts'
import { tempFolder } from './temp-folder.ts'

let isAway = true
let arrived: string[] = []
const baseUrl = metaServer((text, response) => {
  const { data } = JSON.parse(text) as { data: { event_id: string }[] }
  if (isAway) response.statusCode = 503
  else arrived.push(...data.map((event) => event.event_id))
  response.end(isAway ? '{}' : JSON.stringify({ events_received: data.length }))
})

const newPath = tempFolder()

interface Note {
  readonly event_id?: string
  readonly outcome?: string
  readonly durable?: boolean
  readonly logged?: string
  readonly pid?: number
  readonly outbox?: { readonly state: string; readonly cause?: { readonly code: string } }
}

async function startShop(mode: string) {
  isAway = true
  arrived = []
  const path = newPath()
  mkdirSync(dirname(path))
  const notes = `${path}.notes`
  const shop = runChild(
    new URL('./children/cluster.ts', import.meta.url),
    path,
    baseUrl(),
    notes,
    mode,
  )
  const read = () => {
    const lines = existsSync(notes) ? readFileSync(notes, 'utf8').split('\n').slice(0, -1) : []
    return lines.map((line) => JSON.parse(line) as Note)
  }
  const pids = () => read().flatMap(({ pid = [] }) => pid)
  async function ready(count: number): Promise<readonly number[]> {
    for (let n = 0; n < 300 && pids().length < count; n++) await sleep(100)
    return pids()
  }
  return {
    path,
    read,
    ready,
    async end() {
      shop.process.kill('SIGTERM')
      await shop.ended()
    },
  }
}

const filesIn = (path: string) =>
  readdirSync(dirname(path)).filter((name) => /\.db(\.\d+)?$/.test(name))

it.each([
  ['the worker that takes its place', 'replace', 4],
  ['another worker', 'leave', 3],
])(
  'loses no event of a worker of node:cluster that is killed: %s sends them, each once',
  async (_who, mode, workers) => {
    const shop = await startShop(mode)
    const [victim] = await shop.ready(3)
    // One more where two of them tried the same file at one moment.
    expect(filesIn(shop.path).length).toBeGreaterThanOrEqual(3)
    process.kill(victim ?? 0, 'SIGKILL')
    await shop.ready(workers)
    isAway = false
    const accepted = shop
      .read()
      .flatMap(({ event_id, durable }) => (event_id !== undefined && durable ? [event_id] : []))
    expect(accepted).toHaveLength(workers * 30)
    for (let n = 0; n < 400 && new Set(arrived).size < accepted.length; n++) await sleep(100)
    // What is left over is removed once it is empty.
    const living = workers === 4 ? 3 : 2
    for (let n = 0; n < 400 && filesIn(shop.path).length > living; n++) await sleep(100)
    expect(filesIn(shop.path)).toHaveLength(living)
    await shop.end()
    expect(arrived.sort()).toEqual(accepted.sort())
  },
  120_000,
)

it('says in stats() and in the log which worker cannot have the file that all of them share', async () => {
  const shop = await startShop('alone')
  await shop.ready(3)
  const notes = shop.read()
  await shop.end()
  const states = notes.flatMap(({ outbox }) => (outbox === undefined ? [] : [outbox]))
  const away = { state: 'away', cause: { code: 'store_locked' } }
  expect(states.filter(({ state }) => state === 'ready')).toHaveLength(1)
  expect(states.filter(({ state }) => state === 'away')).toEqual([away, away])
  const logged = notes.flatMap(({ logged = [] }) => logged)
  expect(logged.filter((line) => line.includes('set perProcess: true'))).toHaveLength(2)
  expect(
    notes.flatMap(({ event_id = [], outcome }) => (outcome === 'accepted' ? event_id : [])),
  ).toHaveLength(90)
}, 60_000)
