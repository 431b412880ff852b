import { APP_DATA_FIELDS } from '../app-data/fields.ts'
import { buildCustomData } from '../custom-data/build-custom-data.ts'
import { type Check, objectOf, oneOf, wish } from '../field/checks.ts'
import { toText } from '../field/clean.ts'
import { type Fields, isOwn } from '../field/fields.ts'
import { isUnset } from '../field/nothing.ts'
import { type Issue, issue } from '../issue/issue.ts'
import { randomId } from '../runtime/random-id.ts'
import { buildUserData } from '../user-data/build-user-data.ts'
import type { ContextOptions } from '../user-data/context.ts'
import { type ActionSource, isActionSource } from './action-source.ts'
import { attributionData } from './attribution-data.ts'
import {
  CHANNEL_RULES,
  checkCrm,
  checkNeeds,
  type Draft,
  MESSAGING_CHANNELS,
} from './channel-rules.ts'
import type { Unchecked } from './checked-event.ts'
import { checkClickId } from './click-id-check.ts'
import { consentIn, isAllowed } from './consent.ts'
import { dataProcessing, withLimitedDataUse } from './data-processing.ts'
import type { EventInput } from './event-input.ts'
import { EVENT_KEYS } from './event-keys.ts'
import { type EventName, isStandard, warningForName } from './event-name.ts'
import { eventTime } from './event-time.ts'
import { meetsIdentityFloor } from './identity-floor.ts'
import { homeOf } from './key-homes.ts'
import { wishesOf } from './misplaced-wishes.ts'
import { originalEventData } from './original-event-data.ts'
import { pageUrl } from './page-url.ts'
import { readEventId } from './read-event-id.ts'
import type { ServerEvent } from './server-event.ts'
import { unexpectedEventKey } from './unexpected-event-key.ts'

/** What building one event may know beside the event: the time, a country for phones, a source of ids. */
export interface BuildOptions extends ContextOptions {
  /** Gives the `event_id` of events that bring none; default a random UUID. */
  readonly newEventId?: (() => string) | undefined
}

/** An event as Meta gets it, or why there is none. */
export interface BuiltEvent {
  /** Absent when an issue of severity `error` says why. */
  readonly event?: ServerEvent
  /** Never hold a value. */
  readonly issues: Issue[]
}

/** Event-level fields that are checked by themselves. */
const FIELD_CHECKS = new Map<string, Check>([
  ['event_source_url', pageUrl],
  ['referrer_url', pageUrl],
  ['opt_out', wish(true, false, true)],
  ['messaging_channel', oneOf(MESSAGING_CHANNELS)],
  ['app_data', objectOf(APP_DATA_FIELDS)],
  ['original_event_data', originalEventData],
  ['attribution_data', attributionData],
])

/**
 * Makes the event that Meta gets: normalised, hashed and checked. Pure, and never throws: what is
 * wrong is in `issues`. A bad value costs its field; what Meta would refuse costs the event.
 * Nothing you hand in is changed; parts that need no change are in the result as they are.
 * @param input an event. What names its `event_name` in its type is checked by the compiler, as `EventInput`; of `unknown`,
 * `any` and records nothing is known, and `issues` says what is wrong.
 * @example
 * const { event, issues } = buildEvent({
 *   event_name: 'Lead',
 *   action_source: 'phone_call',
 *   user_data: { ph: '+41 79 123 45 67' },
 * })
 * if (event === undefined) console.error(issues)
 */
export function buildEvent<N extends EventName, C extends string, const S>(
  input: EventInput<N, C> | Unchecked<S>,
  options: BuildOptions = {},
): BuiltEvent {
  try {
    return build(input, options)
  } catch {
    // A getter or proxy of the caller's threw; what it threw may hold personal data.
    return { issues: [issue('unreadable_input', '')] }
  }
}

function build(given: unknown, options: BuildOptions): BuiltEvent {
  const issues: Issue[] = []
  if (typeof given !== 'object' || given === null)
    return { issues: [issue('event_not_object', '')] }
  const input = given as Fields
  const nowMs = options.nowMs ?? Date.now()
  const action_source = isActionSource(input['action_source']) ? input['action_source'] : undefined
  if (action_source === undefined) issues.push(issue('action_source_missing', 'action_source'))
  const event: Draft = {
    event_name: eventName(input['event_name'], issues),
    event_time: eventTime(input['event_time'], nowMs, action_source, issues),
    event_id: readEventId(input['event_id'], issues) ?? (options.newEventId ?? randomId)(),
    action_source,
    user_data: buildUserData(input['user_data'], { nowMs, options, homeOf }, issues) as Record<
      string,
      unknown
    >,
  }
  const custom_data = buildCustomData(input['custom_data'], homeOf, issues)
  if (custom_data !== undefined) event.custom_data = custom_data
  // See `sift`.
  for (const key in input) {
    if (isOwn.call(input, key) && !BUILT.has(key)) addField(event, key, input, issues)
  }
  const consent = consentIn(input)
  if (consent !== undefined && !isAllowed(consent)) issues.push(issue('consent_missing', 'consent'))
  const wishes = issues.some(isMisplaced) ? wishesOf(input) : input
  const processing = dataProcessing(withLimitedDataUse(wishes, consent), issues)
  if (processing !== undefined) Object.assign(event, processing)
  if (wishes !== input && event.opt_out === undefined) addField(event, 'opt_out', wishes, issues)
  check(event, action_source, issues)
  return issues.some(isError) ? { issues } : { event: event as unknown as ServerEvent, issues }
}

/** The fields that every event has are built above, and what is said of the event beside it is no field. */
const BUILT: ReadonlySet<string> = new Set([
  'consent',
  'event_name',
  'event_time',
  'event_id',
  'action_source',
  'user_data',
  'custom_data',
])

/** A further field, or a complaint about a key that is none. */
function addField(event: Draft, key: string, input: Fields, issues: Issue[]): void {
  const value = input[key]
  const fieldCheck = FIELD_CHECKS.get(key)
  if (fieldCheck === undefined && !EVENT_KEYS.has(key)) issues.push(unexpectedEventKey(key))
  if (value === undefined || value === null) return
  const sent = fieldCheck?.(value, '', key, issues)
  if (sent !== undefined) (event as Record<string, unknown>)[key] = sent
}

function check(event: Draft, actionSource: ActionSource | undefined, issues: Issue[]): void {
  checkNeeds(event, issues)
  if (actionSource !== undefined) CHANNEL_RULES[actionSource]?.(event, issues)
  checkCrm(event, issues)
  checkClickId(event, issues)
  if (!meetsIdentityFloor(event.user_data))
    issues.push(issue('customer_information_missing', 'user_data'))
}

function eventName(value: unknown, issues: Issue[]): string | undefined {
  if (typeof value === 'string' && isStandard(value)) return value
  const name = typeof value === 'string' ? toText(value)?.toWellFormed() : undefined
  if (name === undefined || (!isStandard(name) && isUnset(name))) {
    issues.push(issue('event_name_missing', 'event_name'))
    return undefined
  }
  const code = warningForName(name)
  if (code !== undefined) issues.push(issue(code, 'event_name'))
  return name
}

function isMisplaced(found: Issue): boolean {
  return found.code === 'misplaced_key' || found.code === 'unknown_key'
}

function isError(found: Issue): boolean {
  return found.severity === 'error'
}
