import { resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { bodies } from './load.ts'

/**
 * Processor time of one event, in process, in batches of 100: `node --conditions=@capi/source bench/intake.ts [sources]`.
 * Give it the sources of an earlier commit to compare: rounds of both take turns, the least of each counts.
 * 2683b38: 85.7-102.2 µs; with findings made later: 45.6-49.9 µs (two shared cores under load, 2026-11-28).
 */
type Emulator = { fetch(path: string, init: RequestInit): Promise<Response> }
type Create = (options: { max: number }) => Emulator

const CALLS = 200
const EVENTS = 100
const ROUNDS = 7

const here = fileURLToPath(new URL('../src/index.ts', import.meta.url))
const earlier = process.argv[2]
const entries = [...(earlier === undefined ? [] : [resolve(earlier, 'index.ts')]), here]
const all = bodies(CALLS, EVENTS)
const headers = { authorization: 'Bearer any-token-of-a-shop', 'content-type': 'application/json' }

async function round(create: Create): Promise<number> {
  const emulator = create({ max: 2 * CALLS * EVENTS })
  const before = process.cpuUsage()
  for (const body of all) {
    const answer = await emulator.fetch('/v27.0/42/events', { method: 'POST', headers, body })
    await answer.text()
  }
  const { user, system } = process.cpuUsage(before)
  return (user + system) / (CALLS * EVENTS)
}

const least = new Map<string, number>()
for (let count = 0; count < ROUNDS; count++) {
  for (const entry of entries) {
    const { createEmulator } = (await import(pathToFileURL(entry).href)) as {
      createEmulator: Create
    }
    least.set(
      entry,
      Math.min(least.get(entry) ?? Number.POSITIVE_INFINITY, await round(createEmulator)),
    )
  }
}
for (const [entry, micros] of least) console.log(`${micros.toFixed(1)} µs an event  ${entry}`)
const [before = Number.NaN] = least.values()
const now = least.get(here) ?? Number.NaN
if (earlier !== undefined)
  console.log(`Intake is ${(before / now).toFixed(2)} times that of the earlier sources.`)
