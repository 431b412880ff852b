import { type Builds, coreDist, REPOSITORY } from '../baseline.ts'
import type { Figure, Measurement } from '../figure.ts'
import { contestant, median, ratio, rounds } from '../turns.ts'

const WORKER = `${REPOSITORY}packages/core/bench/src/worker.ts`
const FLOOR = 'floor, crypto.hash'
const SDK = 'business SDK 24'
/** A young generation of one size: V8 lets it grow as it sees fit, and with it what collecting costs. */
const V8 = ['--min-semi-space-size=16', '--max-semi-space-size=16']

interface Round {
  readonly eventsPerSecond: number
}

/** A Purchase with eleven personal fields and three products, 50 to a request: built, hashed and written as JSON. */
async function measure({ today, now }: Builds): Promise<readonly Figure[]> {
  const start = (name: string) =>
    contestant(WORKER, [name, 'as among people', '50'], { execArgv: V8 })
  const racers = {
    now: await start(coreDist(now)),
    today: await start(coreDist(today)),
    floor: await start(FLOOR),
    sdk: await start(SDK),
  }
  const speed = async (name: keyof typeof racers) =>
    (await racers[name].ask<Round>('round')).eventsPerSecond
  const rates = await rounds(
    {
      now: () => speed('now'),
      today: () => speed('today'),
      floor: () => speed('floor'),
      sdk: () => speed('sdk'),
    },
    { count: 11, warmUp: 2 },
  )
  for (const { child } of Object.values(racers)) child.kill()
  console.log(`  ${(1e6 / median(rates.now)).toFixed(1)} µs of CPU an event`)
  const bound =
    'A floor that trims, lower-cases, hashes and writes JSON pays for 8 of its 11 hashes what core pays; the rules cost the rest.'
  return [
    {
      name: 'Build, hash and write an event: speed, of a floor without rules',
      today: ratio(rates.today, rates.floor),
      now: ratio(rates.now, rates.floor),
      atLeast: 0.6,
      bound,
    },
    {
      name: 'The same, of the earlier build',
      today: 1,
      now: ratio(rates.now, rates.today),
      atLeast: 1.2,
      bound,
    },
    {
      name: 'The same, of Meta’s SDK 24',
      today: ratio(rates.today, rates.sdk),
      now: ratio(rates.now, rates.sdk),
      atLeast: 2.5,
      bound,
    },
  ]
}

export const build: Measurement = { title: 'building an event', measure }
