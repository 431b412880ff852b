import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/**
 * What a change costs: `taskset -c 1 node src/two-builds.ts <dist before> <dist after> [heats]` prints the CPU time that
 * building and writing one event takes after it, beside what it took before.
 *
 * The load of the machine changes from second to second, so the builds take turns of some milliseconds on one processor, and
 * only times of the same round are compared. What V8 makes of the same code changes from process to process, so each heat
 * starts new processes. The build before runs in two of them: how the second differs from the first tells how far to trust
 * the result.
 */
const HEATS = 12
const ROUNDS = 10
const TURNS = 10
const EVENTS = 500
const WARM_UP = [20_000, 20_000, 20_000] as const
/** A young generation of one size: V8 lets it grow as it sees fit, and with it what collecting costs. */
const V8 = ['--min-semi-space-size=16', '--max-semi-space-size=16']

const WORKER = fileURLToPath(new URL('two-builds-worker.ts', import.meta.url))
const RACERS = ['before', 'again', 'after'] as const
type Times = Readonly<Record<(typeof RACERS)[number], number>>

async function start(dist: string): Promise<ChildProcess> {
  const child = fork(WORKER, [dist], { execArgv: V8 })
  await once(child, 'message')
  return child
}

/** Microseconds of CPU time for so many events. */
async function take(child: ChildProcess, events: number): Promise<number> {
  child.send(events)
  const [microseconds] = (await once(child, 'message')) as [number]
  return microseconds
}

async function heat(before: string, after: string): Promise<Times[]> {
  const children = {
    before: await start(before),
    again: await start(before),
    after: await start(after),
  }
  for (const events of WARM_UP) for (const name of RACERS) await take(children[name], events)
  const rounds: Times[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const times = { before: 0, again: 0, after: 0 }
    for (let turn = 0; turn < TURNS; turn++) {
      // Nobody always follows the same one, whose data it finds in the processor's cache.
      const order = turn % 2 === 0 ? RACERS : RACERS.toReversed()
      for (const name of order) times[name] += await take(children[name], EVENTS)
    }
    rounds.push(times)
  }
  for (const name of RACERS) children[name].kill()
  return rounds
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const half = sorted.length / 2
  return ((sorted[Math.ceil(half) - 1] ?? 0) + (sorted[Math.floor(half)] ?? 0)) / 2
}

const [, , before = '', after = '', heats = HEATS] = process.argv
const rows = []
for (let i = 0; i < Number(heats); i++) {
  const rounds = await heat(before, after)
  rows.push({
    'before, µs/event': median(rounds.map((times) => times.before)) / (TURNS * EVENTS),
    'before again': median(rounds.map((times) => times.again / times.before)),
    after: median(rounds.map((times) => (2 * times.after) / (times.before + times.again))),
  })
  console.log(
    Object.values(rows.at(-1) ?? {})
      .map((value) => value.toFixed(3))
      .join('  '),
  )
}
for (const name of ['before again', 'after'] as const) {
  const ratios = rows.map((row) => row[name])
  const [least, most] = [Math.min(...ratios), Math.max(...ratios)]
  console.log(`${name}: ${median(ratios).toFixed(3)} (${least.toFixed(3)}-${most.toFixed(3)})`)
}
