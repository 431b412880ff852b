import type { CallOutcome, RecordedCall } from './recorded-call.ts'

/** Keeps calls that equal every key given; an empty filter keeps all. */
export interface CallFilter {
  /** Equal, in capitals as HTTP has it. */
  readonly method?: string | undefined
  /** The dataset it was sent to. */
  readonly pixel_id?: string | undefined
  /** From a server or from the browser's pixel. */
  readonly source?: 'server' | 'browser' | undefined
  /** What became of it. */
  readonly outcome?: CallOutcome | undefined
  /** HTTP status. */
  readonly status?: number | undefined
  /** The rule that refused it, for example `body_unreadable`. */
  readonly rule?: string | undefined
  /** Type or preset of the fault that struck it. */
  readonly fault?: string | undefined
  /** As answered. */
  readonly fbtrace_id?: string | undefined
  /** Calls that carried it. */
  readonly event_id?: string | undefined
}

type Test = (call: RecordedCall, wanted: string) => boolean

/** Every key, and how it is compared: a query string brings texts only. */
const TESTS: { readonly [Key in keyof CallFilter]-?: Test } = {
  method: (call, wanted) => call.method === wanted,
  pixel_id: (call, wanted) => call.pixel_id === wanted,
  source: (call, wanted) => call.source === wanted,
  outcome: (call, wanted) => call.outcome === wanted,
  status: (call, wanted) => String(call.status) === wanted,
  rule: (call, wanted) => call.error?.rule === wanted,
  fault: (call, wanted) => call.fault?.type === wanted || call.fault?.preset === wanted,
  fbtrace_id: (call, wanted) => call.fbtrace_id === wanted,
  event_id: (call, wanted) => call.event_ids.includes(wanted),
}

export const CALL_KEYS = Object.keys(TESTS) as readonly (keyof CallFilter)[]

export type CallQuery = Readonly<Partial<Record<keyof CallFilter, string>>>

export function matchesCall(call: RecordedCall, filter: CallFilter | CallQuery): boolean {
  return CALL_KEYS.every((key) => {
    const wanted = filter[key]
    return wanted === undefined || TESTS[key](call, String(wanted))
  })
}

/** Takes the filter keys out of a query string's fields. */
export function parseCallFilter(query: Readonly<Record<string, string>>): CallQuery {
  return Object.fromEntries(
    CALL_KEYS.flatMap((key) => (query[key] === undefined ? [] : [[key, query[key]]])),
  )
}
