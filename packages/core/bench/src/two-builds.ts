import { fork } from 'node:child_process'
import { once } from 'node:events'

/**
 * Two builds of core, each in a process of its own, taking turns: `node src/two-builds.ts <dist before> <dist after>`.
 * Prints the median of ten rounds, as CPU time for one event built, and what the second takes beside the first.
 */
const WARM_UP = 3
const ROUNDS = 10
const [, , ...dists] = process.argv

const racers = dists.map((dist) => ({
  dist,
  child: fork(new URL('two-builds-worker.ts', import.meta.url), [dist]),
  rounds: [] as number[],
}))
await Promise.all(racers.map(({ child }) => once(child, 'message')))
for (let round = 0; round < WARM_UP + ROUNDS; round++) {
  for (const { child, rounds } of racers) {
    child.send('round')
    const [microseconds] = (await once(child, 'message')) as [number]
    if (round >= WARM_UP) rounds.push(microseconds)
  }
}
for (const { child } of racers) child.kill()

const median = (rounds: readonly number[]) =>
  [...rounds].sort((a, b) => a - b)[Math.floor(rounds.length / 2)] ?? Number.NaN
const before = median(racers[0]?.rounds ?? [])
console.table(
  racers.map(({ dist, rounds }) => ({
    dist,
    'median µs/event': median(rounds).toFixed(3),
    'least µs/event': Math.min(...rounds).toFixed(3),
    'beside the first': (median(rounds) / before).toFixed(3),
  })),
)
