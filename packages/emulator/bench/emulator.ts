import { once } from 'node:events'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bodies, postAll } from './load.ts'
import { median, startServer } from './server-process.ts'

/**
 * The emulator as built, beside a bare server on the same Node: `node bench/emulator.ts [dist]`.
 * Every number is a ratio or a size, medians of interleaved runs, each server in its own process.
 */
const dist = resolve(process.argv[2] ?? fileURLToPath(new URL('../dist', import.meta.url)))
const here = (file: string) => fileURLToPath(new URL(file, import.meta.url))

const EMULATOR = [`${dist}/bin.js`, '--port', '0']
const EMPTY = [here('empty-server.mjs')]
const READING = [here('reading-server.mjs')]
const ms = (value: number) => `${value.toFixed(0)} ms`

async function coldStart(args: readonly string[]): Promise<number> {
  const before = performance.now()
  const { url, stop } = await startServer(args)
  const response = await fetch(`${url}/__capi/health`)
  await response.text()
  const took = performance.now() - before
  await stop()
  return took
}

async function intake(args: readonly string[], all: readonly string[], events: number) {
  const { url, stop } = await startServer(args)
  await postAll(url, all.slice(0, Math.ceil(all.length / 4)))
  const before = performance.now()
  await postAll(url, all)
  const perSecond = (all.length * events) / ((performance.now() - before) / 1000)
  await stop()
  return perSecond
}

async function compare(
  runs: number,
  emulator: () => Promise<number>,
  bare: () => Promise<number>,
): Promise<readonly [number, number]> {
  const [ours, theirs]: [number[], number[]] = [[], []]
  for (let run = 0; run < runs; run++) {
    ours.push(await emulator())
    theirs.push(await bare())
  }
  return [median(ours), median(theirs)]
}

async function memory(posts: number): Promise<void> {
  const { url, child, stop } = await startServer([
    '--expose-gc',
    here('memory-server.ts'),
    `${dist}/index.js`,
  ])
  const steps = 10
  for (let step = 0; step <= steps; step++) {
    if (step > 0) await postAll(url, bodies(posts / steps, 1, step * posts))
    child.send('heap')
    const [{ heapUsed, rss }] = (await once(child, 'message')) as [Record<string, number>]
    const mb = (bytes = 0) => (bytes / 1024 / 1024).toFixed(1)
    console.log(
      `  after ${(step * posts) / steps} posts: heap ${mb(heapUsed)} MB, rss ${mb(rss)} MB`,
    )
  }
  await stop()
}

console.log('Cold start of the command to its first answer')
const [cold, bare] = await compare(
  15,
  () => coldStart(EMULATOR),
  () => coldStart(EMPTY),
)
console.log(`  ${ms(cold)}, a bare server ${ms(bare)}: ${(cold / bare).toFixed(2)} times`)

for (const [calls, events] of [
  [2_000, 1],
  [200, 100],
] as const) {
  const all = bodies(calls, events)
  const [ours, theirs] = await compare(
    5,
    () => intake(EMULATOR, all, events),
    () => intake(READING, all, events),
  )
  const share = `${Math.round((100 * ours) / theirs)} % of a server that only reads`
  console.log(`Intake, ${events} in a call: ${Math.round(ours)} events/s, ${share}`)
}

console.log('Memory, one event in a call, the newest 500 kept')
await memory(100_000)
