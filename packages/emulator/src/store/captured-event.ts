import type { DedupKey, Severity } from '../analysis/report.ts'
import type { CallFault } from '../faults/fault-rule.ts'

/** Where an event came from: the Conversions API call or the browser's pixel. */
export type EventSource = (typeof EVENT_SOURCES)[number]
export const EVENT_SOURCES = ['server', 'browser'] as const

/**
 * `deduplicated`: counted with the event it repeats. `refused`: Meta would refuse it. `faulted`: a fault that
 * was asked for kept it from being taken.
 */
export type EventStatus = (typeof EVENT_STATUSES)[number]
export const EVENT_STATUSES = ['processed', 'deduplicated', 'refused', 'faulted'] as const

/** Why an event was refused. Names keys and paths, never values. */
export interface EventError {
  /** The emulator's own id of the rule, e.g. `purchase_value_missing`. */
  readonly rule: string
  /** Meta's error code. */
  readonly code: number
  /** Meta's error subcode; absent where Meta sends none. */
  readonly error_subcode?: number
  /** What is wrong, in a sentence. */
  readonly title: string
  /** The place in the call, e.g. `$['data'][0]['custom_data']['value']`. */
  readonly path?: string
  /** What to do about it. */
  readonly fix: string
}

/** Something about an event that costs matches or money, though Meta takes it. Never a value. */
export interface EventIssue {
  /** The diagnostic it belongs to. */
  readonly rule: string
  /** How grave it is. */
  readonly severity: Severity
  /** For example `user_data.fbc`. */
  readonly path?: string
  /** What is wrong, in a sentence. */
  readonly title: string
  /** What to do about it. */
  readonly fix: string
}

/** One event as the emulator keeps it. */
export interface CapturedEvent {
  /** Counts up from 1 in order of arrival; never reused, not even after `clear()`. */
  readonly id: number
  /** Unix milliseconds. */
  readonly received_at: number
  /** Where it came from. */
  readonly source: EventSource
  /** What Meta would do with it. */
  readonly status: EventStatus
  /** The dataset it was sent to. */
  readonly pixel_id: string
  /** Empty when the event carried none. */
  readonly event_name: string
  /** Absent when the event carried none. */
  readonly event_id?: string
  /** The code of the call it came in. */
  readonly test_event_code?: string
  /** The tag of the call it came in: groups offline events. */
  readonly upload_tag?: string
  /** The last four characters of the access token, after `…`. */
  readonly token?: string
  /** The event exactly as it was sent; for a browser event, in the shape of a server event. */
  readonly payload: Readonly<Record<string, unknown>>
  /** Present when `status` is `refused`, and in lenient mode when it would be. */
  readonly error?: EventError
  /** Present when `status` is `faulted`: what kept it from being taken. */
  readonly fault?: CallFault
  /** Present when `status` is `deduplicated`: the event that counts, and what both share. */
  readonly duplicate_of?: number
  /** By what it was recognised as a repeat. */
  readonly dedup_key?: DedupKey
  /** Findings about this event alone that Meta would not refuse it for. */
  readonly issues?: readonly EventIssue[]
  /** The call it came in, by its `id`. */
  readonly call: number
}

/** An event before the store has numbered it. */
export type NewEvent = Omit<CapturedEvent, 'id' | 'received_at' | 'call'>
