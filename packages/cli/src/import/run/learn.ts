import { cellReader } from '../map/cells.ts'
import type { Plan } from '../map/plan.ts'
import { timeReader } from '../map/times.ts'
import { readRows } from '../read/records.ts'
import type { Row, Shape } from '../read/row-splitter.ts'
import type { SourceFile } from '../read/source-file.ts'
import type { Target } from '../sources/target.ts'
import { type DecimalStyle, decimalStyleIn, isAmbiguousAmount } from '../values/decimal.ts'
import { type DateOrder, dateOrderIn, isAmbiguousDate } from '../values/time.ts'

/** What the cells of a file show of themselves, and what only its owner can say. */
export interface Learned {
  readonly date: DateOrder | undefined
  readonly decimal: DecimalStyle | undefined
  /** Values that can be read in two ways, and no other value decides. */
  readonly asks: readonly ('date' | 'decimal' | 'timezone')[]
}

/** So many rows are looked at in any case. */
const SAMPLE_ROWS = 1_000
const AMOUNTS: readonly Target[] = ['value', 'value.tip', 'value.tax', 'contents.item_price']
const DATES: readonly Target[] = ['event_time.date', 'event_time', 'event_time.else']

/** Reads on while something is in doubt: of a whole year of `03/04/2026`, one `25/04/2026` decides. */
export async function learn(file: SourceFile, shape: Shape, plan: Plan): Promise<Learned> {
  const cells = cellReader(plan)
  const timeOf = timeReader(plan, cells)
  const amounts = AMOUNTS.filter(cells.has)
  const dates = DATES.filter(cells.has)
  let date: DateOrder | undefined = plan.answers.date
  let decimal: DecimalStyle | undefined = plan.answers.decimal
  const doubts = { date: false, decimal: false, timezone: false }

  function look({ cells: row, fault }: Row): void {
    if (fault !== undefined) return
    for (const target of amounts) {
      const text = cells.first(row, target)
      if (decimal !== undefined || text === '') continue
      decimal = decimalStyleIn(text)
      doubts.decimal ||= isAmbiguousAmount(text)
    }
    for (const target of dates) {
      const text = cells.first(row, target)
      if (date !== undefined || text === '') continue
      date = dateOrderIn(text)
      doubts.date ||= isAmbiguousDate(text)
    }
    if (!doubts.timezone) {
      const time = timeOf(row)
      doubts.timezone =
        time === 'zone_missing' || time === 'zone_ambiguous' || time === 'zone_unknown'
    }
  }

  const isOpen = () =>
    (doubts.date && date === undefined) || (doubts.decimal && decimal === undefined)
  let seen = 0
  for await (const { rows } of readRows(file, shape, file.hasChanged)) {
    for (const row of rows) {
      if (seen++ >= SAMPLE_ROWS && !isOpen()) break
      look(row)
    }
    if (seen > SAMPLE_ROWS && !isOpen()) break
  }
  const asks = [
    ...(doubts.date && date === undefined ? (['date'] as const) : []),
    ...(doubts.decimal && decimal === undefined ? (['decimal'] as const) : []),
    ...(doubts.timezone && plan.zone === undefined ? (['timezone'] as const) : []),
  ]
  return { date, decimal, asks }
}
