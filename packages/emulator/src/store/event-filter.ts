import type { CapturedEvent, EventSource, EventStatus } from './captured-event.ts'

const FILTER_KEYS = ['event_name', 'event_id', 'source', 'status', 'pixel_id'] as const

type FilterText = Readonly<Partial<Record<(typeof FILTER_KEYS)[number], string>>>

/** Keeps events whose fields equal every key given; an empty filter keeps all. */
export interface EventFilter {
  readonly event_name?: string
  readonly event_id?: string
  readonly source?: EventSource
  readonly status?: EventStatus
  readonly pixel_id?: string
}

export function matches(event: CapturedEvent, filter: FilterText): boolean {
  return FILTER_KEYS.every((key) => filter[key] === undefined || filter[key] === event[key])
}

/** Takes the filter keys out of a query string's fields; others are left alone. */
export function parseFilter(query: Readonly<Record<string, string>>): FilterText {
  return Object.fromEntries(
    FILTER_KEYS.flatMap((key) => (query[key] === undefined ? [] : [[key, query[key]]])),
  )
}
