// What the middleware costs an Express application, by hand:
//   node --conditions=@capi/source bench/run.ts [rounds] [milliseconds]
// Every contestant is a process of its own. In each round each is driven for a moment, one after the other, and
// compared with `without` of that round: what else the machine does falls on both.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { type Load, openLoad } from './load.ts'

const CONNECTIONS = 16
const rounds = Number(process.argv[2] ?? 60)
const durationMs = Number(process.argv[3] ?? 200)

async function start(file: string, ...args: string[]) {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), args)
  const [{ port }] = (await once(child, 'message')) as [{ port: number }]
  return { child, port }
}

interface Report {
  readonly cpuMs: number
  readonly tracked: number
  readonly delivered: number
  readonly dropped: Readonly<Record<string, number>>
}

async function report(child: ChildProcess): Promise<Report> {
  child.send('report')
  const [told] = (await once(child, 'message')) as [Report]
  return told
}

interface Result extends Load {
  readonly cpuUs: number
}

async function contestant(name: string, variant: string, sink: string) {
  const { child, port } = await start('server.ts', variant, sink)
  const drive = await openLoad(port, CONNECTIONS)
  await drive(4_000)
  const results: Result[] = []
  return {
    name,
    child,
    results,
    async turn() {
      const before = await report(child)
      const result = await drive(durationMs)
      const after = await report(child)
      const cpuUs = ((after.cpuMs - before.cpuMs) * 1_000) / result.requests
      results.push({ ...result, cpuUs })
    },
  }
}

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

const fast = await start('sink.ts', '0')
const slow = await start('sink.ts', '2000')
const address = (port: number) => `http://127.0.0.1:${port}`
const base = await contestant('without', 'without', address(fast.port))
const rowBase = await contestant('order row, without', 'order row, without', address(fast.port))
const all = [
  base,
  await contestant('without, again', 'without', address(fast.port)),
  await contestant('a middleware that does nothing', 'noop', address(fast.port)),
  await contestant('untracked', 'untracked', address(fast.port)),
  await contestant('by hand', 'by hand', address(fast.port)),
  await contestant('tracked', 'tracked', address(fast.port)),
  await contestant('core alone', 'core alone', address(fast.port)),
  await contestant('untracked, Meta slow', 'untracked', address(slow.port)),
  await contestant('tracked, Meta slow', 'tracked', address(slow.port)),
  await contestant('untracked, Meta down', 'untracked', address(9)),
  await contestant('tracked, Meta down', 'tracked', address(9)),
  rowBase,
  await contestant('order row, by hand', 'order row, by hand', address(fast.port)),
  await contestant('order row, tracked', 'order row, tracked', address(fast.port)),
]
for (let round = 0; round < rounds; round++) {
  // The order turns, so that nobody always follows the same neighbour.
  for (const [index] of all.entries()) await all[(index + round) % all.length]?.turn()
}

const lines = []
for (const { name, child, results } of all) {
  const { tracked, delivered, dropped } = await report(child)
  const own = name.startsWith('order row') ? rowBase : base
  const ofBase = (what: (result: Result) => number) =>
    median(results.map((one, round) => what(one) / what(own.results[round] ?? one)))
  lines.push({
    contestant: name,
    'requests/s': Math.round(median(results.map(({ perSec }) => perSec))),
    'of without': ofBase(({ perSec }) => perSec).toFixed(3),
    'p99 ms': median(results.map(({ p99Ms }) => p99Ms)).toFixed(1),
    'CPU µs/request': Math.round(median(results.map(({ cpuUs }) => cpuUs))),
    'CPU of without': ofBase(({ cpuUs }) => cpuUs).toFixed(3),
    tracked,
    delivered,
    queue_full: dropped['queue_full'] ?? 0,
  })
  child.disconnect()
}
for (const { child } of [fast, slow]) child.disconnect()
console.table(lines)
