import { type Issue, issue, keyPath } from '../issue.ts'
import { toText } from '../normalize/normalize-field.ts'
import { hashUserData } from '../user-data/hash-user-data.ts'
import { ACTION_SOURCES, type ActionSource } from './action-source.ts'
import { buildCustomData } from './build-custom-data.ts'
import type { EventInput } from './event-input.ts'
import { eventTime } from './event-time.ts'
import { meetsIdentityFloor } from './identity-floor.ts'
import type { ServerEvent } from './server-event.ts'

export interface BuildOptions {
  /** Milliseconds; default `Date.now()`. */
  readonly now?: number
  /** Gives the `event_id` of events that bring none; default a random UUID. */
  readonly newEventId?: () => string
}

const EVENT_KEYS: ReadonlySet<string> = new Set<keyof EventInput>([
  'event_name',
  'event_time',
  'event_id',
  'action_source',
  'event_source_url',
  'referrer_url',
  'user_data',
  'custom_data',
])

/**
 * Makes the event that Meta gets: normalised, hashed and checked. Pure, and never throws.
 * @returns `event` unless an issue of severity `error` says why not; `issues` never hold a value.
 */
export function buildEvent(
  input: EventInput,
  options: BuildOptions = {},
): { event?: ServerEvent; issues: Issue[] } {
  try {
    return build(input, options)
  } catch {
    // A getter or proxy of the caller's threw; what it threw may hold personal data.
    return { issues: [issue('unreadable_input', '')] }
  }
}

function build(input: EventInput, options: BuildOptions): { event?: ServerEvent; issues: Issue[] } {
  const issues: Issue[] = []
  if (typeof input !== 'object' || input === null)
    return { issues: [issue('event_not_object', '')] }
  for (const key of Object.keys(input)) {
    if (!EVENT_KEYS.has(key)) issues.push(issue('unknown_key', keyPath('', key)))
  }
  const event_name = toText(input.event_name)
  if (event_name === undefined) issues.push(issue('event_name_missing', 'event_name'))
  const action_source = ACTION_SOURCES.find((known) => known === input.action_source)
  if (action_source === undefined) issues.push(issue('action_source_missing', 'action_source'))
  const event_time = eventTime(input.event_time, options.now ?? Date.now(), action_source, issues)
  const { user_data, issues: userIssues } = hashUserData(input.user_data ?? {})
  issues.push(...userIssues)
  if (!meetsIdentityFloor(Object.keys(user_data)))
    issues.push(issue('customer_information_missing', 'user_data'))
  const custom_data = buildCustomData(input.custom_data, event_name ?? '', issues)
  const urls = pageUrls(input, action_source, issues)
  if (event_name === undefined || action_source === undefined || event_time === undefined)
    return { issues }
  if (issues.some((found) => found.severity === 'error')) return { issues }
  const event_id = toText(input.event_id) ?? (options.newEventId ?? randomId)()
  const event: ServerEvent = { event_name, event_time, event_id, action_source, ...urls, user_data }
  if (custom_data !== undefined) event.custom_data = custom_data
  return { event, issues }
}

function pageUrls(input: EventInput, actionSource: ActionSource | undefined, issues: Issue[]) {
  const event_source_url = toText(input.event_source_url)
  const referrer_url = toText(input.referrer_url)
  if (actionSource === 'website' && event_source_url === undefined) {
    issues.push(issue('event_source_url_missing', 'event_source_url'))
  }
  return {
    ...(event_source_url === undefined ? {} : { event_source_url }),
    ...(referrer_url === undefined ? {} : { referrer_url }),
  }
}

function randomId(): string {
  return crypto.randomUUID()
}
