import { eventIdFrom, sha256 } from '@capi/core'
import type { Row } from '../read/row-splitter.ts'
import { hasLostDigits } from '../values/cell.ts'
import { type Amount, readAmount } from '../values/decimal.ts'
import { type CellReader, cellReader } from './cells.ts'
import { contentsReader } from './contents.ts'
import { type Outcome, type RefusalCode, refuse } from './outcome.ts'
import { personReader } from './person.ts'
import type { Plan } from './plan.ts'
import { stateReader } from './states.ts'
import { timeReader } from './times.ts'

/** Makes the rows of one order one event, or says why not. Pure. */
export type OrderMapper = (rows: readonly Row[]) => Outcome

/** @param pixelId rows that name another dataset are refused */
export function orderMapper(plan: Plan, pixelId?: string): OrderMapper {
  const { source, answers } = plan
  const cells = cellReader(plan)
  const stateOf = stateReader(plan, cells)
  const timeOf = timeReader(plan, cells)
  const personOf = personReader(plan, cells)
  const contentsOf = contentsReader(plan, cells)
  const worth = valueReader(plan, cells)
  const idOf = idReader(plan, cells)
  const properties = propertyReader(plan, cells)
  const sinceMs = answers.since === undefined ? undefined : Date.parse(answers.since)
  const [hasConsent, hasDataset, hasChannel] = [
    cells.has('consent'),
    cells.has('dataset'),
    cells.has('channel'),
  ]
  const eventFields = EVENT_FIELDS.filter((field) => cells.has(field))

  return (rows) => {
    const first = rows[0]
    if (first === undefined) return refuse('row_unreadable')
    if (first.fault !== undefined) return refuse(first.fault)
    const row = first.cells
    if (hasConsent && /^denied$/i.test(cells.first(row, 'consent')))
      return { kind: 'skipped', reason: 'consent denied' }
    if (hasDataset) {
      const dataset = cells.first(row, 'dataset')
      if (dataset !== '' && pixelId !== undefined && dataset !== pixelId)
        return refuse('other_dataset')
    }
    const unsold = stateOf(row)
    if (unsold !== undefined) return unsold
    const time = timeOf(row)
    if (typeof time === 'string') return refuse(time)
    if (sinceMs !== undefined && time.ms < sinceMs)
      return { kind: 'skipped', reason: 'before --since' }
    const value = worth(rows)
    if (typeof value === 'string') return refuse(value)
    if (value !== undefined && value.value < 0)
      return { kind: 'skipped', reason: 'negative amount' }
    const warnings: string[] = time.isDoubtful ? ['clock_changed'] : []
    const id = idOf(rows, warnings)
    if (typeof id === 'string') return refuse(id)

    const custom_data: Record<string, unknown> = { ...source.custom_data }
    if (value !== undefined) {
      custom_data['value'] = withSign(value)
      custom_data['currency'] = (cells.first(row, 'currency') || answers.currency)?.toUpperCase()
      if (id.orderId !== undefined) custom_data['order_id'] = id.orderId
    }
    contentsOf(rows, custom_data)
    properties(row, custom_data)
    const input: Record<string, unknown> = {
      event_name:
        eventName(cells.first(row, 'event_name')) || answers.event || source.event || 'Purchase',
      event_time: Math.floor(time.ms / 1_000),
      event_id: id.eventId,
      action_source: actionSource(row),
      user_data: personOf(
        rows.map((one) => one.cells),
        warnings,
      ),
    }
    if (Object.keys(custom_data).length > 0) input['custom_data'] = custom_data
    for (const field of eventFields) {
      const text = cells.first(row, field)
      if (text !== '') input[field] = text
    }
    return { kind: 'event', input, warnings }
  }

  function actionSource(row: readonly string[]): string {
    const own = cells.first(row, 'action_source').toLowerCase()
    if (own !== '') return own
    if (hasChannel && cells.first(row, 'channel').toLowerCase() === 'pos') return 'physical_store'
    return answers.actionSource ?? source.actionSource
  }
}

const EVENT_FIELDS = ['event_source_url', 'opt_out'] as const

/** TikTok writes "Add Payment Info"; Meta has no blanks in a name. */
const STANDARD_WORDS =
  /^(?:Add|Complete|Customize|Find|Initiate|Start|Submit|View)(?: [A-Z][a-z]+){1,3}$/

function eventName(text: string): string {
  return STANDARD_WORDS.test(text) ? text.replaceAll(' ', '') : text
}

/** Core compares the sign with the currency, where its reading of the number is the same. */
function withSign({ value, sign }: Amount): number | string {
  const text = String(value)
  return sign === '' || /\.\d{3}$/.test(text) || text.includes('e') ? value : `${sign} ${text}`
}

function valueReader({ source, answers }: Plan, cells: CellReader) {
  const style = answers.decimal
  const takesTip = cells.has('value.tip') && answers.withTip !== true
  const addsTax = cells.has('value.tax')
  const hasValue = cells.has('value')

  function amount(text: string): Amount | RefusalCode {
    const read = readAmount(text, style)
    return typeof read === 'string' ? CODES[read] : read
  }

  function ofRow(row: readonly string[]): Amount | RefusalCode | undefined {
    const text = cells.first(row, 'value')
    if (text === '') return undefined
    const read = amount(text)
    if (typeof read === 'string') return read
    let { value } = read
    const parts = [
      ...(takesTip ? (['value.tip'] as const) : []),
      ...(addsTax ? (['value.tax'] as const) : []),
    ]
    for (const part of parts) {
      const other = cells.first(row, part)
      const of = other === '' ? undefined : amount(other)
      if (typeof of === 'string') return of
      value += part === 'value.tip' ? -(of?.value ?? 0) : (of?.value ?? 0)
    }
    return { value: round(value), sign: read.sign }
  }

  return (rows: readonly Row[]): Amount | RefusalCode | undefined => {
    if (!hasValue) return undefined
    if (source.isSum !== true || rows.length === 1) return ofRow(rows[0]?.cells ?? [])
    let sum: Amount | undefined
    for (const { cells: row } of rows) {
      const read = ofRow(row)
      if (typeof read === 'string') return read
      if (read !== undefined)
        sum = { value: round((sum?.value ?? 0) + read.value), sign: sum?.sign ?? read.sign }
    }
    return sum
  }
}

/** What adding floats leaves behind goes. */
const round = (value: number) => Math.round(value * 1e6) / 1e6

const CODES = {
  not_a_number: 'amount_invalid',
  ambiguous: 'amount_ambiguous',
  contradicts: 'amount_contradicts',
} as const

interface Ids {
  readonly eventId: string
  readonly orderId?: string
}

/** Ids that hold over runs: of the order, never of the row's number. */
function idReader(plan: Plan, cells: CellReader) {
  const { source, answers } = plan
  const isById = source.name === 'shopify-orders'

  return (rows: readonly Row[], warnings: string[]): Ids | RefusalCode => {
    const row = rows[0]?.cells ?? []
    const own = cells.first(row, 'event_id')
    const first = cells.first(row, 'order_id')
    const text = first || cells.first(row, 'order_id.else')
    if (hasLostDigits(text)) return 'order_id_lost_digits'
    const orderId = text.replace(/^(\d+)\.0$/, '$1')
    if (own !== '') return orderId === '' ? { eventId: own } : { eventId: own, orderId }
    const prefix = source.idPrefix ?? [(answers.event ?? source.event ?? 'Purchase').toLowerCase()]
    if (orderId !== '') {
      const eventId = eventIdFrom(...prefix, orderId)
      if (isStandIn(eventId)) return 'order_id_missing'
      if (isById && first === '') warnings.push('order_by_name')
      return { eventId, orderId }
    }
    if (source.hasNoId !== true && answers.rowId !== true) return 'order_id_missing'
    const content = JSON.stringify(rows.map((one) => one.cells))
    return { eventId: eventIdFrom(...prefix, 'row', sha256(content).slice(0, 32)) }
  }
}

/** `eventIdFrom` returns a random id for a text that stands for nothing. */
const isStandIn = (id: string) => id.startsWith('no-id.') && id.length === 42

function propertyReader({ columns }: Plan, cells: CellReader) {
  const targets = [...columns.keys()].filter((target) => target.startsWith('custom_data.'))
  return (row: readonly string[], custom_data: Record<string, unknown>): void => {
    for (const target of targets) {
      const text = cells.first(row, target)
      if (text !== '') custom_data[target.slice('custom_data.'.length)] = text
    }
  }
}
