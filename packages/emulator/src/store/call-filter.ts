import { type FieldCheck, oneOf } from '../field-check.ts'
import { checkKeys, checkObject, checkWords } from '../known-options.ts'
import { EVENT_SOURCES } from './captured-event.ts'
import { CALL_OUTCOMES, type CallOutcome, type RecordedCall } from './recorded-call.ts'

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

/** Words of which any other would find nothing. */
const WORDS: Readonly<Record<string, FieldCheck>> = {
  source: oneOf(EVENT_SOURCES),
  outcome: oneOf(CALL_OUTCOMES),
}

/**
 * The filter, unless it has a key or a word that is not known.
 * @param by what takes the filter, for the error
 * @throws EmulatorError `option_invalid` that names the nearest known key
 */
export function checkCallFilter<T extends CallFilter | CallQuery>(filter: T, by: string): T {
  const what = `The filter of ${by}`
  checkObject(filter, what)
  checkKeys(filter, CALL_KEYS, what)
  checkWords(filter, WORDS, by)
  return filter
}
