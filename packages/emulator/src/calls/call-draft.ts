import type { CallFault } from '../faults/fault-rule.ts'
import type { Fields } from '../rules/rule.ts'
import type { CapturedEvent, EventError } from '../store/captured-event.ts'
import type { CallOutcome } from '../store/recorded-call.ts'

/** A call that is being answered: what the routes find out about it, for the record. */
export interface CallDraft {
  readonly id: number
  /** The browser's pixel reports to `/tr`, everything else is a server's. */
  source: 'server' | 'browser'
  pixelId?: string
  token?: string
  /** Of the body as sent. */
  bytes: number
  /** Decompressed; shown masked when no event could be read from it. */
  body?: Uint8Array
  /** Payloads of the events in the body, kept or not. */
  payloads: readonly Fields[]
  /** Those that were kept. */
  events: readonly CapturedEvent[]
  outcome?: CallOutcome
  error?: EventError
  fault?: CallFault
  /** Text of the usual answer, before a fault changed it. */
  answer?: string | undefined
}

/** What Hono carries from the recorder to the routes. */
export interface CallVariables {
  readonly Variables: { call: CallDraft }
}
