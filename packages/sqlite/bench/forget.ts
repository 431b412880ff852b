// What forgetting costs: put, while 1,000,000 remembered ids run out at once, and the bytes written for each. Then how a drained
// file shrinks. By hand: `npm run bench`.
import { readFileSync, statSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  DAY_MS,
  fileNamed,
  fill,
  item,
  items,
  LANE,
  megabytes,
  ms,
  open,
  print,
  quantile,
} from './workload.ts'

const IDS = Number(process.env['BENCH_IDS'] ?? 1_000_000)
const DRAINED = Number(process.env['BENCH_QUEUE'] ?? 300_000)
const startMs = Date.now()
const at = (day: number) => ({ tickMs: performance.now(), nowMs: startMs + day * DAY_MS })
/** Linux alone says so. */
const written = () => Number(/write_bytes: (\d+)/.exec(readFileSync('/proc/self/io', 'utf8'))?.[1])

const path = fileNamed('forget.db')
const thread = open(path)
const request = { lane: LANE, maxEvents: 1_000, maxBytes: 1e9, leaseMs: 60_000 }
for (let n = 0; n < IDS; n += 1_000) {
  const bare = { body: '{}', rememberUntilMs: startMs + DAY_MS, expiresAtMs: startMs + DAY_MS / 2 }
  await thread.call('put', items(1_000, bare), at(0))
  const leased = await thread.call('lease', request, at(0))
  const settlements = leased.items.map((token) => ({ kind: 'delivered', token }) as const)
  await thread.call('settle', settlements, at(0))
}
print(
  `${IDS} remembered: file ${megabytes(statSync(path).size)}, ${Math.round(statSync(path).size / IDS)} bytes each`,
)

async function putFor(durationMs: number): Promise<number[]> {
  const times: number[] = []
  for (const end = performance.now() + durationMs; performance.now() < end; ) {
    const one = item({ expiresAtMs: startMs + 9 * DAY_MS })
    const start = performance.now()
    await thread.call('put', [one], at(2.5))
    times.push(performance.now() - start)
    await sleep(1)
  }
  return times
}

const before = await putFor(3_000)
await thread.call('takeExpired', 5_000, at(0))
const bytes = written()
const puts = putFor(3_000)
await thread.call('takeExpired', 5_000, at(2.5))
const during = await puts
const perPut = await (async () => {
  const start = written()
  const { length } = await putFor(3_000)
  return (written() - start) / length
})()
const forgetting = written() - bytes - perPut * during.length
const line = (times: number[]) =>
  `p50 ${ms(quantile(times, 0.5))}, p99 ${ms(quantile(times, 0.99))}, worst ${ms(quantile(times, 1))}`
print(`put before: ${line(before)}`)
print(`put while ${IDS} ids are forgotten: ${line(during)}`)
print(`written for each: ${Math.max(0, forgetting / IDS).toFixed(1)} bytes at most`)
await thread.close()

const drained = fileNamed('drained.db')
const backlog = open(drained, 'fast')
await fill(backlog, DRAINED)
await backlog.call('takeExpired', 5_000, at(0))
await sleep(500)
const full = statSync(drained).size
const start = performance.now()
for (let n = 0; n < DRAINED; n += 1_000) {
  const leased = await backlog.call('lease', request, at(0))
  const settlements = leased.items.map((token) => ({ kind: 'delivered', token }) as const)
  await backlog.call('settle', settlements, at(0))
}
const empty = performance.now()
let size = statSync(drained).size
while (size > full / 4 && performance.now() - empty < 60_000) {
  await sleep(50)
  size = statSync(drained).size
}
print(
  `${DRAINED} drained in ${((empty - start) / 1e3).toFixed(1)} s: file ${megabytes(full)}, and ${megabytes(size)} ` +
    `${((performance.now() - empty) / 1e3).toFixed(1)} s later`,
)
await backlog.close()
