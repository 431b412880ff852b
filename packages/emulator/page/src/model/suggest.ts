import type { CapturedEvent } from '../../../src/store/captured-event.ts'
import {
  FILTER_KEYS,
  type FilterKey,
  HALVES,
  isFilterKey,
  SEVERITIES,
  SOURCES,
  STATUSES,
} from './filter-keys.ts'
import { formatTerm } from './parse-filter.ts'
import { groupOf } from './payload.ts'

const MOST = 20

type Values = readonly string[] | ((event: CapturedEvent) => readonly (string | undefined)[])

const keysOf: Values = (event) => [
  ...Object.keys(groupOf(event, 'user_data')),
  ...Object.keys(groupOf(event, 'custom_data')),
]

/** Values that a key is known to have, or those that the kept events have. */
const VALUES: Readonly<Partial<Record<FilterKey, Values>>> = {
  source: SOURCES,
  status: STATUSES,
  half: HALVES,
  severity: SEVERITIES,
  since: ['5m', '1h', '1d'],
  name: (event) => [event.event_name],
  pixel: (event) => [event.pixel_id],
  test: (event) => [event.test_event_code],
  tag: (event) => [event.upload_tag],
  has: keysOf,
  missing: keysOf,
  issue: (event) => [event.error?.rule, ...(event.issues ?? []).map(({ rule }) => rule)],
}

/** Ways to go on with what is typed, each the whole text: keys first, then the values of a key. */
export function suggestFilters(query: string, events: readonly CapturedEvent[]): readonly string[] {
  const [, before = '', sign = '', word = ''] = /^(.*?)([-!]?)(\S*)$/s.exec(query) ?? []
  const [key = '', value] = word.split(/:(.*)/s)
  if (value === undefined) {
    const keys = Object.keys(FILTER_KEYS).filter((one) => one.startsWith(word.toLowerCase()))
    return word === '' ? [] : keys.map((one) => `${before}${sign}${one}:`)
  }
  if (!isFilterKey(key)) return []
  const typed = value.toLowerCase()
  return valuesOf(VALUES[key] ?? [], events)
    .filter((one) => one.toLowerCase().startsWith(typed) && one !== value)
    .slice(0, MOST)
    .map((one) => before + formatTerm({ key, value: one, isNegated: sign !== '' }))
}

/** Those of the newest events first. */
function valuesOf(values: Values, events: readonly CapturedEvent[]): readonly string[] {
  if (typeof values !== 'function') return values
  const found = new Set(events.toReversed().flatMap(values))
  return [...found].flatMap((value) => (value ? [value] : []))
}
