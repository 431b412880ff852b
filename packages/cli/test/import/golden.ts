import { fileURLToPath } from 'node:url'
import { orderMapper } from '../../src/import/map/order.ts'
import { orderGrouper } from '../../src/import/map/orders.ts'
import type { Outcome } from '../../src/import/map/outcome.ts'
import { type Answers, makePlan, type OwnColumns, type Plan } from '../../src/import/map/plan.ts'
import { findHeader } from '../../src/import/read/find-header.ts'
import { readRows } from '../../src/import/read/records.ts'
import type { Row } from '../../src/import/read/row-splitter.ts'
import { openSource } from '../../src/import/read/source-file.ts'
import { learn } from '../../src/import/run/learn.ts'
import { FREE } from '../../src/import/sources/free.ts'
import { detectSource } from '../../src/import/sources/sources.ts'
import { zoneNamed } from '../../src/import/values/zones.ts'

/** When the samples are read. */
export const NOW_MS = Date.UTC(2026, 10, 22)

export const sample = (name: string) =>
  fileURLToPath(new URL(`exports/${name}.csv`, import.meta.url))

/** A plan of a header and answers, without a file. */
export function planOf(header: string, answers: Answers = {}, own: OwnColumns = {}): Plan {
  const found = findHeader(`${header}\n`, { named: Object.keys(own) })
  const zone = answers.timezone === undefined ? undefined : zoneNamed(answers.timezone)
  const source = detectSource(found.folded) ?? FREE
  return makePlan({
    source,
    header: found,
    own,
    answers,
    zone: zone === 'shared' ? undefined : zone,
  })
}

/** What rows below a header become. */
export function outcomes(csv: string, answers: Answers = {}, own: OwnColumns = {}): Outcome[] {
  const [header = '', ...lines] = csv.trim().split('\n')
  const plan = planOf(header, answers, own)
  const delimiter = findHeader(`${header}\n`, { named: Object.keys(own) }).delimiter
  const rows: Row[] = lines.map((line, index) => ({
    line: index + 2,
    cells: line.split(delimiter),
  }))
  const map = orderMapper(plan)
  const grouper = orderGrouper(plan)
  return [...grouper.push(rows), ...grouper.end()].map(map)
}

/** What a file becomes, read as the command reads it. */
export async function outcomesOf(path: string, answers: Answers = {}) {
  const file = await openSource(path)
  const header = findHeader(await file.head(), {})
  const source = detectSource(header.folded) ?? FREE
  const zone = zoneNamed(answers.timezone ?? header.timezone ?? '')
  const shape = {
    delimiter: header.delimiter,
    headerLines: header.headerLines,
    width: header.headers.length,
  }
  const planWith = (all: Answers) =>
    makePlan({ source, header, own: {}, answers: all, zone: zone === 'shared' ? undefined : zone })
  const learned = await learn(file, shape, planWith(answers))
  const plan = planWith({
    ...answers,
    date: answers.date ?? learned.date,
    decimal: answers.decimal ?? learned.decimal,
  })
  const map = orderMapper(plan)
  const grouper = orderGrouper(plan)
  const all: Outcome[] = []
  for await (const { rows } of readRows(file, shape, file.hasChanged))
    for (const order of grouper.push(rows)) all.push(map(order))
  for (const order of grouper.end()) all.push(map(order))
  await file.close()
  return { source: source.name, encoding: file.found.encoding, asks: learned.asks, all }
}
