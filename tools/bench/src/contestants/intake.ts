import { pathToFileURL } from 'node:url'
import type * as Emulator from '@capi/emulator'
import { REPOSITORY } from '../baseline.ts'

/** One build of the emulator: takes calls of 100 events in process, and says what CPU time an event took, in microseconds. */
const CALLS = 100
const EVENTS = 100

const [, , dist = ''] = process.argv
const { createEmulator } = (await import(pathToFileURL(`${dist}/index.js`).href)) as typeof Emulator
const { bodies } = (await import(`${REPOSITORY}packages/emulator/bench/load.ts`)) as {
  readonly bodies: (calls: number, events: number) => readonly string[]
}
const all = bodies(CALLS, EVENTS)
const headers = { authorization: 'Bearer any-token-of-a-shop', 'content-type': 'application/json' }

async function round(): Promise<number> {
  const emulator = createEmulator({ max: 2 * CALLS * EVENTS })
  const before = process.cpuUsage()
  for (const body of all) {
    const answer = await emulator.fetch('/v27.0/42/events', { method: 'POST', headers, body })
    await answer.text()
  }
  const { user, system } = process.cpuUsage(before)
  return (user + system) / (CALLS * EVENTS)
}

process.on('message', () => void round().then((micros) => process.send?.(micros)))
process.send?.('ready')
