import { fieldsOf, textOf } from '../analysis/event-rule.ts'
import { formatProblem } from '../analysis/match-key-format.ts'
import type { CapturedEvent } from '../store/captured-event.ts'

const HOUR_MS = 3_600_000

type ValuesOf = (event: CapturedEvent) => readonly string[]

const nothing: ValuesOf = () => []

const userKeys: ValuesOf = ({ payload }) => {
  const userData = fieldsOf(payload['user_data'])
  return Object.keys(userData).filter((key) => formatProblem(key, userData[key]) !== 'empty')
}

/**
 * What each aggregation counts events by. Those that need what the emulator does not know count nothing.
 * Source: the names in Meta's Business SDK code generator, AdsPixel.json, read 2026-09.
 */
const AGGREGATIONS: Readonly<Record<string, ValuesOf>> = {
  browser_type: nothing,
  custom_data_field: ({ payload }) => Object.keys(fieldsOf(payload['custom_data'])),
  device_os: nothing,
  device_type: nothing,
  event: ({ event_name }) => [event_name],
  event_detection_method: nothing,
  event_processing_results: ({ status }) => [status],
  event_source: ({ source }) => [source],
  event_total_counts: ({ event_name }) => [event_name],
  event_value_count: ({ event_name, payload }) =>
    fieldsOf(payload['custom_data'])['value'] === undefined ? [] : [event_name],
  had_pii: (event) => [String(userKeys(event).length > 0)],
  host: ({ payload }) => partOfUrl(payload['event_source_url'], (url) => url.host),
  match_keys: userKeys,
  pixel_fire: ({ source }) => (source === 'browser' ? ['pixel_fire'] : []),
  url: ({ payload }) => partOfUrl(payload['event_source_url'], (url) => url.origin + url.pathname),
  url_by_rule: nothing,
}

export const DEFAULT_AGGREGATION = 'event'

export interface StatsOptions {
  readonly aggregation: string
  readonly event?: string | undefined
  /** Unix seconds. */
  readonly startSec?: number | undefined
  readonly endSec?: number | undefined
}

/** Counts by hour, in Meta's shape; nothing when there is no such aggregation. */
export function statsOf(
  events: readonly CapturedEvent[],
  { aggregation, event, startSec = 0, endSec = Number.POSITIVE_INFINITY }: StatsOptions,
) {
  const valuesOf = Object.hasOwn(AGGREGATIONS, aggregation) ? AGGREGATIONS[aggregation] : undefined
  if (valuesOf === undefined) return undefined
  const hours = new Map<number, Map<string, number>>()
  for (const one of events) {
    const seconds = one.received_at / 1000
    if (seconds < startSec || seconds > endSec) continue
    if (event !== undefined && one.event_name !== event) continue
    const hour = Math.floor(one.received_at / HOUR_MS) * HOUR_MS
    const counts = hours.get(hour) ?? new Map<string, number>()
    for (const value of valuesOf(one)) counts.set(value, (counts.get(value) ?? 0) + 1)
    hours.set(hour, counts)
  }
  return [...hours].map(([hour, counts]) => ({
    start_time: new Date(hour).toISOString().replace('.000Z', '+0000'),
    aggregation,
    data: [...counts].map(([value, count]) => ({ value, count })),
  }))
}

/** Without the query: it may name people. */
function partOfUrl(value: unknown, part: (url: URL) => string): readonly string[] {
  const text = textOf(value)
  return text !== undefined && URL.canParse(text) ? [part(new URL(text))] : []
}
