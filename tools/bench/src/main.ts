import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { builds, REPOSITORY } from './baseline.ts'
import { compare } from './comparison.ts'
import { type Figure, isMet, type Measurement, target } from './figure.ts'
import { withFigures } from './readme.ts'
import { RESULTS, type Results } from './results.ts'
import { build } from './rows/build.ts'
import { express } from './rows/express.ts'
import { frameworks } from './rows/frameworks.ts'
import { intake } from './rows/intake.ts'
import { keptMemory } from './rows/kept.ts'
import { loopDelay } from './rows/loop-delay.ts'
import { memoryOutbox } from './rows/memory-outbox.ts'
import { otel } from './rows/otel.ts'
import { size } from './rows/size.ts'
import { starting } from './rows/start.ts'
import { trackerLoop } from './rows/tracker-loop.ts'

/**
 * Prints what the toolkit costs as one table, beside the build of an earlier commit: `pnpm bench [part of a title]`.
 * A whole run also writes `results.json`, from which the page about speed is made, and the README's comparison.
 */
const MEASUREMENTS: readonly Measurement[] = [
  build,
  starting,
  size,
  express,
  frameworks,
  keptMemory,
  trackerLoop,
  memoryOutbox,
  loopDelay,
  intake,
  otel,
]

const [, , part = ''] = process.argv
const both = builds()
const rows: Figure[] = []
const startMs = performance.now()
for (const { title, measure } of MEASUREMENTS.filter((one) => one.title.includes(part))) {
  console.log(`Measuring ${title}.`)
  rows.push(...(await measure(both)))
}

const shown = (value: number | undefined) =>
  value === undefined ? '–' : Number(value.toPrecision(3))
console.table(
  rows.map((row) => ({
    measure: row.name,
    today: shown(row.today),
    now: shown(row.now),
    target: target(row),
    met: isMet(row) ? 'yes' : 'no',
  })),
)
const seconds = Math.round((performance.now() - startMs) / 1_000)
const load = Number((loadavg()[0] ?? 0).toFixed(1))
console.log(`${seconds} s, Node.js ${process.versions.node}, load ${load}`)
if (part === '') {
  const results: Results = {
    date: new Date().toISOString().slice(0, 10),
    node: process.versions.node,
    machine: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`,
    load,
    rows,
    comparison: compare(),
  }
  writeFileSync(RESULTS, `${JSON.stringify(results, null, 2)}\n`)
  const readme = join(REPOSITORY, 'README.md')
  writeFileSync(readme, withFigures(readFileSync(readme, 'utf8'), results))
}
