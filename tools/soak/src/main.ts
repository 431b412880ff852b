// Shops on every outbox under load, while Meta fails as it does: a table, and an exit code of 1 for a loss or a slope. By hand:
// `pnpm --filter @capi/soak soak`. SOAK_MINUTES (20), SOAK_RATE requests a second of each shop (40), SOAK_OUTBOXES.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FaultRule } from '@capi/emulator'
import { runChild, startRedis } from '@capi/testing'
import { startPostgres } from '@capi/testing/postgres'
import { startLoad } from './load.ts'
import { type ShopLine, soakReport } from './report.ts'

const MINUTE_MS = 60_000
const SAMPLE_MS = 5_000
/** In which all is delivered once nothing fails any more. */
const DRAIN_MS = 180_000

const minutes = Number(process.env['SOAK_MINUTES'] ?? 20)
const perSecond = Number(process.env['SOAK_RATE'] ?? 40)
const kinds = (process.env['SOAK_OUTBOXES'] ?? 'memory sqlite postgres redis').split(' ')

/** When it begins, as a share of the time, and for how long. Those of twenty minutes are as long as they are at Meta. */
const FAULTS: readonly {
  readonly at: number
  readonly lastsMs: number
  readonly rule: FaultRule
}[] = [
  { at: 0.15, lastsMs: 1_000, rule: { preset: 'rate-limit' } },
  { at: 0.3, lastsMs: 2 * MINUTE_MS, rule: { preset: 'outage' } },
  { at: 0.55, lastsMs: MINUTE_MS, rule: { preset: 'token-expired' } },
  { at: 0.8, lastsMs: 1_000, rule: { preset: 'rate-limit' } },
]

const folder = mkdtempSync(join(tmpdir(), 'capi-soak-'))
const redis = await startRedis('appendonly yes', 'maxmemory-policy noeviction')
const postgres = await startPostgres()
const PLACES: Readonly<Record<string, string>> = {
  sqlite: join(folder, 'outbox.db'),
  postgres: postgres.url,
  redis: `redis://${redis.host}:${redis.port}`,
}
const taken = join(folder, 'meta.ndjson')
const meta = runChild(new URL('./meta.ts', import.meta.url), taken)
await meta.printed('\n')
const metaUrl = meta.output().trim()
const pixelIdOf = (kind: string) => String(1_000_000 + kinds.indexOf(kind))
const shops = kinds.map((kind) => {
  const place = PLACES[kind] ?? ''
  return {
    kind,
    child: runChild(new URL('./shop.ts', import.meta.url), kind, place, metaUrl, pixelIdOf(kind)),
  }
})
const linesOf = (output: string) =>
  output
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as ShopLine & { listening?: { port: number } })

function sampleAll(): void {
  for (const { child } of shops) child.process.kill('SIGUSR2')
}

async function urlOf(child: (typeof shops)[number]['child']): Promise<string> {
  await child.printed('listening')
  const port = linesOf(child.output()).find((line) => line.listening)?.listening?.port
  return `http://127.0.0.1:${port}`
}

async function fail(): Promise<void> {
  const began = Date.now()
  for (const { at, lastsMs, rule } of FAULTS) {
    await sleep(began + at * minutes * MINUTE_MS - Date.now())
    meta.process.stdin?.write(`${JSON.stringify(rule)}\n`)
    await sleep(Math.min(lastsMs, (minutes * MINUTE_MS) / 8))
    meta.process.stdin?.write('\n')
  }
  await sleep(began + minutes * MINUTE_MS - Date.now())
}

async function drained(): Promise<void> {
  const isEmpty = (output: string) => {
    const last = linesOf(output).findLast((line) => 'sample' in line)
    return last !== undefined && 'sample' in last && last.sample.stats.queued === 0
  }
  for (const endMs = Date.now() + DRAIN_MS; Date.now() < endMs; ) {
    sampleAll()
    await sleep(SAMPLE_MS)
    if (shops.every(({ child }) => isEmpty(child.output()))) return
  }
}

function arrivedAt(pixelId: string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const line of readFileSync(taken, 'utf8').split('\n')) {
    if (line === '') continue
    const event = JSON.parse(line) as Record<'pixel_id' | 'status' | 'event_id', string>
    if (event.pixel_id !== pixelId || !['processed', 'deduplicated'].includes(event.status))
      continue
    counts.set(event.event_id, (counts.get(event.event_id) ?? 0) + 1)
  }
  return counts
}

try {
  const urls = await Promise.all(shops.map(({ child }) => urlOf(child)))
  const loads = urls.map((url, n) => startLoad(url, perSecond, n + 1))
  const sampling = setInterval(sampleAll, SAMPLE_MS)
  await fail()
  clearInterval(sampling)
  const sold = await Promise.all(loads.map((load) => load.stop()))
  await drained()
  for (const { child } of shops) child.process.kill('SIGTERM')
  const outputs = await Promise.all(shops.map(({ child }) => child.ended()))
  const runs = shops.map(({ kind }, n) => ({
    kind,
    sold: sold[n] as Awaited<ReturnType<(typeof loads)[number]['stop']>>,
    lines: linesOf(outputs[n]?.stdout ?? ''),
    arrived: arrivedAt(pixelIdOf(kind)),
  }))
  const { columns, rows, faults } = soakReport(runs)
  const table = [['', ...columns], columns.map(() => '---').concat('---'), ...rows]
  for (const cells of table) console.log(`| ${cells.join(' | ')} |`)
  for (const { kind, lines } of runs)
    for (const line of lines) if ('log' in line) console.log(`${kind}: ${line.log}`)
  for (const fault of faults) console.error(fault)
  if (faults.length > 0) process.exitCode = 1
} finally {
  for (const { process: child } of [meta, ...shops.map((shop) => shop.child)]) child.kill('SIGKILL')
  await redis.stop()
  await postgres.stop()
  rmSync(folder, { recursive: true, force: true })
}
