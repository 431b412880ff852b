import { EmulatorError } from '../emulator-error.ts'
import { type FieldCheck, oneOf } from '../field-check.ts'
import { checkObject, checkWords, unknownKey } from '../known-options.ts'
import {
  type CapturedEvent,
  EVENT_SOURCES,
  EVENT_STATUSES,
  type EventSource,
  type EventStatus,
} from './captured-event.ts'
import { isMatcher, type Mismatch, mismatches } from './compare.ts'

type Part = Readonly<Record<string, unknown>>

/**
 * Keeps events whose fields equal every key given; an empty filter keeps all. The keys of the payload may be
 * given in part: `{ custom_data: { value: 12 } }` leaves the other keys of `custom_data` open. There a number equals its text, as
 * the browser's pixel sends it, and a list of one equals its entry. Another key is an EmulatorError (`option_invalid`).
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
  /** The call it came in, by its `id`. */
  readonly call?: number | undefined
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

/** A filter whose keys may also be paths into the payload, as a query string gives them: `custom_data.value`. */
export type AnyFilter = EventFilter | Readonly<Record<string, unknown>>

/** Where a key stands: on the captured event, or in its payload as one value or as an object that has parts. */
const KEYS: { readonly [Key in keyof EventFilter]-?: 'event' | 'value' | 'object' } = {
  event_name: 'event',
  event_id: 'event',
  source: 'event',
  status: 'event',
  pixel_id: 'event',
  test_event_code: 'event',
  upload_tag: 'event',
  call: 'event',
  action_source: 'value',
  event_source_url: 'value',
  referrer_url: 'value',
  event_time: 'value',
  opt_out: 'value',
  messaging_channel: 'value',
  data_processing_options: 'value',
  user_data: 'object',
  custom_data: 'object',
  app_data: 'object',
  original_event_data: 'object',
  attribution_data: 'object',
}
const KNOWN = Object.keys(KEYS)

/** A word that is not in these lists would find nothing, whatever arrived. */
const WORDS: Readonly<Record<string, FieldCheck>> = {
  source: oneOf(EVENT_SOURCES),
  status: oneOf(EVENT_STATUSES),
}

/** Where an event is not as the filter wants it. The filter is read once, for it may be asked of each kept event. */
export function compileFilter(filter: AnyFilter): (event: CapturedEvent) => readonly Mismatch[] {
  const tests = Object.entries(filter)
    .filter(([, wanted]) => wanted !== undefined)
    .map(([key, wanted]) => {
      if (placeOf(key) === 'event') return (event: CapturedEvent) => exactly(event, key, wanted)
      const path = segmentsOf(key)
      return (event: CapturedEvent) => mismatches(wanted, valueAt(event.payload, path), key)
    })
  return (event) => tests.flatMap((test) => test(event))
}

/** Ids and names are compared as Meta does: as they are. A query has the number of a call as text. */
function exactly(event: CapturedEvent, key: string, wanted: unknown): readonly Mismatch[] {
  const actual: unknown = Reflect.get(event, key)
  const isSame = isMatcher(wanted)
    ? wanted.asymmetricMatch(actual)
    : Object.is(wanted, key === 'call' && typeof wanted === 'string' ? String(actual) : actual)
  return isSame ? [] : [{ path: key, wanted, actual }]
}

export function matcherOf(filter: AnyFilter): (event: CapturedEvent) => boolean {
  const compare = compileFilter(filter)
  return (event) => compare(event).length === 0
}

/**
 * The filter, unless it has a key or a word that is not known: such a filter finds other events than those that are meant.
 * @param by what takes the filter, for the error
 * @param beside keys that may stand beside it, for the error
 * @throws EmulatorError `option_invalid` that names the nearest known key
 */
export function checkFilter<T extends AnyFilter>(
  filter: T,
  by: string,
  beside: readonly string[] = [],
): T {
  const what = `The filter of ${by}`
  checkObject(filter, what)
  for (const key of Object.keys(filter)) {
    if (placeOf(key) === undefined) throw unknownKey(key, [...KNOWN, ...beside], what)
  }
  checkWords(filter, WORDS, by)
  return filter
}

/**
 * The filter of a query string: keys and paths with the texts they must equal.
 * @throws EmulatorError `option_invalid` for what is not known, and for an object without a path into it
 */
export function checkQueryFilter(
  query: Readonly<Record<string, string>>,
  by: string,
  beside: readonly string[],
): AnyFilter {
  const filter = checkFilter<AnyFilter>(query, by, beside)
  const whole = Object.keys(filter).find((key) => isKey(key) && KEYS[key] === 'object')
  if (whole === undefined) return filter
  const message = `Key ${whole} of ${by} must name a part: ${whole}.key=value.`
  throw new EmulatorError('option_invalid', message)
}

/** `custom_data.contents[0].id` stands where `custom_data` does. */
function placeOf(key: string): (typeof KEYS)[keyof EventFilter] | undefined {
  const [head = '', ...path] = segmentsOf(key)
  if (!isKey(head)) return undefined
  return path.length === 0 || KEYS[head] === 'object' ? KEYS[head] : undefined
}

function isKey(key: string): key is keyof EventFilter {
  return Object.hasOwn(KEYS, key)
}

function segmentsOf(path: string): readonly string[] {
  return path.replaceAll('[', '.').replaceAll(']', '').split('.')
}

function valueAt(payload: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((found, key) => {
    const isThere = typeof found === 'object' && found !== null && Object.hasOwn(found, key)
    return isThere ? Reflect.get(found, key) : undefined
  }, payload)
}
