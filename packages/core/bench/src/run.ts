import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { CONTESTANTS } from './contestants.ts'
import type { Names } from './orders.ts'

/**
 * Events per second of each contestant, each in its own process, taking turns, on the CPU clock:
 * medians, as ratios to the floor. Absolute figures are this machine's, today's.
 */
const WARM_UP = 3
const ROUNDS = 9

interface Result {
  readonly eventsPerSecond: number
  readonly bytesPerEvent: number
  readonly heap: number
}

async function ask(child: ChildProcess): Promise<Result> {
  child.send('round')
  const [result] = (await once(child, 'message')) as [Result]
  return result
}

async function race(names: Names, batchSize: number): Promise<void> {
  const racers = Object.keys(CONTESTANTS).map((name) => ({
    name,
    child: fork(new URL('worker.ts', import.meta.url), [name, names, String(batchSize)]),
    results: [] as Result[],
  }))
  await Promise.all(racers.map(({ child }) => once(child, 'message')))
  for (let round = 0; round < WARM_UP + ROUNDS; round++) {
    for (const { child, results } of racers) {
      const result = await ask(child)
      if (round >= WARM_UP) results.push(result)
    }
  }
  for (const { child } of racers) child.kill()
  const median = (results: readonly Result[]) =>
    results.map((one) => one.eventsPerSecond).sort((a, b) => a - b)[
      Math.floor(results.length / 2)
    ] ?? 0
  const base = (name: string) => median(racers.find((racer) => racer.name === name)?.results ?? [])
  console.log(`\nNode ${process.versions.node}, names ${names}, ${batchSize} events to a request`)
  console.table(
    Object.fromEntries(
      racers.map(({ name, results }) => [
        name,
        {
          'events/s': Math.round(median(results)),
          '× createHash floor': (median(results) / base('floor, createHash')).toFixed(2),
          '× crypto.hash floor': (median(results) / base('floor, crypto.hash')).toFixed(2),
          'bytes/event': Math.round(results[0]?.bytesPerEvent ?? 0),
          'heap MB, first → last': `${toMb(results[0])} → ${toMb(results.at(-1))}`,
        },
      ]),
    ),
  )
}

function toMb(result: Result | undefined): string {
  return ((result?.heap ?? 0) / 2 ** 20).toFixed(0)
}

const [, , only] = process.argv
await race('as among people', 50)
if (only !== 'short') {
  await race('all different', 50)
  await race('as among people', 1)
  await race('as among people', 1_000)
}
