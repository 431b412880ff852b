import type { CallFault } from '../faults/fault-rule.ts'
import type { EventError } from './captured-event.ts'

/**
 * `taken`: Meta would take its events. `refused`: Meta would refuse them. `faulted`: a fault came before the call was
 * looked at.
 */
export type CallOutcome = (typeof CALL_OUTCOMES)[number]
export const CALL_OUTCOMES = ['taken', 'refused', 'faulted'] as const

/** One call of the imitated API or of the browser's pixel, with its answer. Holds no token and no value of a person. */
export interface RecordedCall {
  /** Counts up from 1 in order of arrival; never reused. Its events carry it as `call`. */
  readonly id: number
  /** When it arrived, by the emulator's clock: Unix milliseconds. */
  readonly received_at: number
  /** From a server, or from the browser's pixel. */
  readonly source: 'server' | 'browser'
  /** For example `POST`. */
  readonly method: string
  /** Path and query; values that may name a person, and the token, are replaced by `…`. At most 2,000 characters. */
  readonly path: string
  /** The dataset it was sent to; absent where the path names none. */
  readonly pixel_id?: string
  /** Bytes of the body as sent, before it was decompressed; 0 without a body and where the body was not read. */
  readonly bytes: number
  /** Absent when the call named none. */
  readonly content_type?: string
  /** Absent when the call named none. */
  readonly content_encoding?: string
  /** Request headers that hold no personal data; of the token the last four characters. */
  readonly headers: Readonly<Record<string, string>>
  /**
   * The first 2,000 bytes of a body without a readable event. Letters of words that are not part of the API are `x`, digits
   * are `0`, so that positions stay right.
   */
  readonly body?: string
  /** What became of it. */
  readonly outcome: CallOutcome
  /** HTTP status; null when the connection ended without an answer. */
  readonly status: number | null
  /** The rule that refused it, and in lenient mode the one that would have. */
  readonly error?: EventError
  /** The fault that struck it. */
  readonly fault?: CallFault
  /** As answered; absent where the answer has none. */
  readonly fbtrace_id?: string
  /** From its arrival to its answer, milliseconds. */
  readonly duration_ms: number
  /** The body of the answer, cut at 2,000 characters; absent when it had none. */
  readonly answer?: string
  /** Its events, by their `id`. */
  readonly events: readonly number[]
  /** Every `event_id` in it, once. */
  readonly event_ids: readonly string[]
  /** Calls that carried one of its events again, itself included, in order of arrival; absent when it is the only one. */
  readonly tries?: readonly number[]
}
