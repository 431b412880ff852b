/** Where an event came from: the Conversions API call or the browser's pixel. */
export type EventSource = 'server' | 'browser'

export type EventStatus = 'processed' | 'rejected'

/** Why an event was refused. Names keys and paths, never values. */
export interface EventError {
  /** The emulator's own id of the rule, e.g. `purchase_value_missing`. */
  readonly rule: string
  /** Meta's error code. */
  readonly code: number
  /** Meta's error subcode; absent where Meta sends none. */
  readonly error_subcode?: number
  readonly title: string
  /** The place in the call, e.g. `$['data'][0]['custom_data']['value']`. */
  readonly path?: string
  /** What to do about it. */
  readonly fix: string
}

/** One event as the emulator keeps it. */
export interface CapturedEvent {
  /** Counts up from 1 in order of arrival; never reused, not even after `clear()`. */
  readonly id: number
  /** Unix milliseconds. */
  readonly received_at: number
  readonly source: EventSource
  readonly status: EventStatus
  readonly pixel_id: string
  /** Empty when the event carried none. */
  readonly event_name: string
  readonly event_id?: string
  readonly test_event_code?: string
  /** The last four characters of the access token, after `…`. */
  readonly token?: string
  /** The event exactly as it was sent; for a browser event, in the shape of a server event. */
  readonly payload: Readonly<Record<string, unknown>>
  /** Present when `status` is `rejected`. */
  readonly error?: EventError
  /** Events of one call share this number. */
  readonly batch: number
}

/** An event before the store has numbered it. */
export type NewEvent = Omit<CapturedEvent, 'id' | 'received_at' | 'batch'>
