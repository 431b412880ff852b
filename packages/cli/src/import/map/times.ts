import { type NoTime, readTime } from '../values/time.ts'
import { type Moment, type Zone, zoneNamed } from '../values/zones.ts'
import type { CellReader } from './cells.ts'
import type { RefusalCode } from './outcome.ts'
import type { Plan } from './plan.ts'

const CODES: Readonly<Record<NoTime, RefusalCode>> = {
  not_a_time: 'time_invalid',
  order_unknown: 'date_ambiguous',
  order_contradicts: 'date_contradicts',
  zone_unknown: 'zone_missing',
}

/** Reads when an order happened, from one column or from three. */
export function timeReader({ answers, zone }: Plan, cells: CellReader) {
  const inParts = cells.has('event_time.date')
  const hasZone = cells.has('event_time.zone')
  const order = answers.date
  const ofFile = { order, zone }

  return (row: readonly string[]): Moment | RefusalCode => {
    const own = inParts
      ? cells.first(row, 'event_time.date')
      : cells.first(row, 'event_time') || cells.first(row, 'event_time.else')
    if (own === '') return 'time_missing'
    let style = ofFile
    if (hasZone) {
      const named = zoneOf(cells.first(row, 'event_time.zone'), zone)
      if (named === 'zone_ambiguous' || named === 'zone_unknown') return named
      style = { order, zone: named }
    }
    const read = readTime(own, style, inParts ? cells.first(row, 'event_time.time') : '')
    return typeof read === 'string' ? CODES[read] : read
  }
}

/** `--timezone` decides where the name in the row does not. */
function zoneOf(name: string, ofFile: Zone | undefined): Zone | undefined {
  if (name === '') return ofFile
  const named = zoneNamed(name)
  if (named === undefined) return ofFile ?? 'zone_unknown'
  return named === 'shared' ? (ofFile ?? 'zone_ambiguous') : named
}
