import type { CapturedEvent, EventSource, EventStatus } from './captured-event.ts'
import { type Mismatch, mismatches } from './compare.ts'

/** Keys of the captured event itself, and the only ones a query string may name. */
const EVENT_KEYS = [
  'event_name',
  'event_id',
  'source',
  'status',
  'pixel_id',
  'test_event_code',
  'upload_tag',
] as const

/** As a query string gives it. */
export type QueryFilter = Readonly<Partial<Record<(typeof EVENT_KEYS)[number], string>>>
type Part = Readonly<Record<string, unknown>>

/**
 * Keeps events whose fields equal every key given; an empty filter keeps all. The keys of the payload may be
 * given in part: `{ custom_data: { value: 12 } }` leaves the other keys of `custom_data` open.
 */
export interface EventFilter {
  /** Equal, with case. */
  readonly event_name?: string | undefined
  /** Equal, with case. */
  readonly event_id?: string | undefined
  /** From the server or the browser. */
  readonly source?: EventSource | undefined
  /** What became of it. */
  readonly status?: EventStatus | undefined
  /** The dataset it was sent to. */
  readonly pixel_id?: string | undefined
  /** The code of the call it came in. */
  readonly test_event_code?: string | undefined
  /** The tag of the call it came in. */
  readonly upload_tag?: string | undefined
  /** Equal to the payload's. */
  readonly action_source?: string | undefined
  /** Equal to the payload's. */
  readonly event_source_url?: string | undefined
  /** Equal to the payload's. */
  readonly referrer_url?: string | undefined
  /** Equal to the payload's, Unix seconds. */
  readonly event_time?: number | undefined
  /** Equal to the payload's. */
  readonly opt_out?: boolean | undefined
  /** Equal to the payload's. */
  readonly messaging_channel?: string | undefined
  /** Equal to the payload's, whole. */
  readonly data_processing_options?: readonly string[] | undefined
  /** The keys given, as they arrived: hashed. */
  readonly user_data?: Part | undefined
  /** The keys given. */
  readonly custom_data?: Part | undefined
  /** The keys given. */
  readonly app_data?: Part | undefined
  /** The keys given. */
  readonly original_event_data?: Part | undefined
  /** The keys given. */
  readonly attribution_data?: Part | undefined
}

export type AnyFilter = EventFilter | QueryFilter

const ON_EVENT: ReadonlySet<string> = new Set(EVENT_KEYS)

/** Where an event is not as the filter wants it. */
export function filterMismatches(event: CapturedEvent, filter: AnyFilter): readonly Mismatch[] {
  return Object.entries(filter).flatMap(([key, wanted]) => {
    if (wanted === undefined) return []
    const { [key]: actual }: Readonly<Record<string, unknown>> = ON_EVENT.has(key)
      ? { ...event }
      : event.payload
    return mismatches(wanted, actual, key)
  })
}

export function matches(event: CapturedEvent, filter: AnyFilter): boolean {
  return filterMismatches(event, filter).length === 0
}

/** Takes the filter keys out of a query string's fields; others are left alone. */
export function parseFilter(query: Readonly<Record<string, string>>): QueryFilter {
  return Object.fromEntries(
    EVENT_KEYS.flatMap((key) => (query[key] === undefined ? [] : [[key, query[key]]])),
  )
}
