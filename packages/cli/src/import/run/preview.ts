import { orderMapper } from '../map/order.ts'
import { orderGrouper } from '../map/orders.ts'
import type { Plan } from '../map/plan.ts'
import { readRows } from '../read/records.ts'
import type { Row, Shape } from '../read/row-splitter.ts'
import type { SourceFile } from '../read/source-file.ts'
import { MATCH_KEYS } from '../sources/target.ts'
import { readyEvent } from './ready-event.ts'
import { increment } from './tally.ts'

/** What the first orders of a file would become. */
export interface Preview {
  readonly orders: number
  readonly events: number
  readonly skipped: Readonly<Record<string, number>>
  readonly refused: Readonly<Record<string, number>>
  /** Sum of the values, by currency. */
  readonly totals: Readonly<Record<string, number>>
  readonly firstMs: number | undefined
  readonly lastMs: number | undefined
  /** Sales whose cells name a person in any way that Meta can match. */
  readonly withMatchKey: number
  /** Orders that are sales, as far as the row says. */
  readonly sales: number
  /** Cells of each column that are filled. */
  readonly filled: readonly number[]
  readonly rows: number
  /** About how many the whole file has. */
  readonly expectedOrders: number
}

interface SentEvent {
  readonly custom_data?: { readonly value?: number; readonly currency?: string }
}

const SAMPLE_ORDERS = 1_000

export interface PreviewOptions {
  /** Absent: a dry run without one. */
  readonly pixelId: string | undefined
  readonly nowMs: number
}

/** Maps the first orders as the run will, and sends nothing: a wrong decimal comma shows here. */
export async function preview(
  file: SourceFile,
  shape: Shape,
  plan: Plan,
  { pixelId, nowMs }: PreviewOptions,
): Promise<Preview> {
  const map = orderMapper(plan, pixelId)
  const grouper = orderGrouper(plan)
  const skipped: Record<string, number> = {}
  const refused: Record<string, number> = {}
  const totals: Record<string, number> = {}
  const filled = plan.headers.map(() => 0)
  const found = { orders: 0, events: 0, sales: 0, withMatchKey: 0, rows: 0 }
  let characters = 0
  let firstMs: number | undefined
  let lastMs: number | undefined

  function look(rows: readonly Row[]): void {
    found.orders++
    found.rows += rows.length
    for (const { cells, fault } of rows) {
      characters += cells.reduce((sum, { length }) => sum + length + 1, 0)
      if (fault === undefined) countFilled(cells)
    }
    const outcome = map(rows)
    if (outcome.kind === 'skipped') increment(skipped, outcome.reason)
    else if (outcome.kind === 'refused') increment(refused, outcome.code)
    else lookAtSale(outcome.input)
  }

  function countFilled(cells: readonly string[]): void {
    for (const [index, cell] of cells.entries())
      if (cell !== '') filled[index] = (filled[index] ?? 0) + 1
  }

  function lookAtSale(input: Readonly<Record<string, unknown>>): void {
    found.sales++
    const user = input['user_data'] as Readonly<Record<string, unknown>>
    const isKnown = MATCH_KEYS.some((key) => user[key.slice('user_data.'.length)] !== undefined)
    if (isKnown) found.withMatchKey++
    const timeMs = Number(input['event_time']) * 1_000
    firstMs = Math.min(firstMs ?? timeMs, timeMs)
    lastMs = Math.max(lastMs ?? timeMs, timeMs)
    const phoneCountry = plan.answers.country
    const { item, issues } = readyEvent(input, { lane: '0', key: '', nowMs, phoneCountry })
    if (item === undefined) {
      increment(refused, issues.find(({ severity }) => severity === 'error')?.code ?? 'invalid')
      return
    }
    found.events++
    const { custom_data } = JSON.parse(item.body) as SentEvent
    const { value, currency } = custom_data ?? {}
    if (value !== undefined && currency !== undefined)
      totals[currency] = (totals[currency] ?? 0) + value
  }

  outer: for await (const { rows } of readRows(file, shape, file.hasChanged)) {
    for (const order of grouper.push(rows)) {
      look(order)
      if (found.orders >= SAMPLE_ORDERS) break outer
    }
  }
  if (found.orders < SAMPLE_ORDERS) for (const order of grouper.end()) look(order)
  const expectedOrders = Math.ceil((file.size / Math.max(1, characters)) * found.orders)
  return { ...found, expectedOrders, skipped, refused, totals, firstMs, lastMs, filled }
}
