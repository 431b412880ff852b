import {
  type Fault,
  type Fields,
  isFields,
  isMissing,
  pathTo,
  type RuleContext,
  requiredFault,
} from './rule.ts'

/**
 * Every key an event may carry at its top level.
 * `advertiser_tracking_enabled` and `extinfo` belong in `app_data` and are refused here.
 * `advanced_measurement_table` is in every official SDK, though in no current page.
 * Source: Meta, Server Event Parameters, and Meta Node SDK issue 258, read 2026-09.
 */
const EVENT_KEYS: ReadonlySet<string> = new Set([
  'event_name',
  'event_time',
  'event_id',
  'event_source_url',
  'action_source',
  'user_data',
  'custom_data',
  'app_data',
  'attribution_data',
  'original_event_data',
  'referrer_url',
  'opt_out',
  'data_processing_options',
  'data_processing_options_country',
  'data_processing_options_state',
  'messaging_channel',
  'customer_segmentation',
  'advanced_measurement_table',
])

/** Source: Meta, Server Event Parameters > action_source, read 2026-09. */
const ACTION_SOURCES: ReadonlySet<unknown> = new Set([
  'email',
  'website',
  'app',
  'phone_call',
  'chat',
  'physical_store',
  'system_generated',
  'business_messaging',
  'other',
])

export function checkUnknownKeys(event: Fields, { index }: RuleContext): Fault | undefined {
  const key = Object.keys(event).find((name) => !EVENT_KEYS.has(name))
  if (key === undefined) return undefined
  return {
    detail: `Unexpected key "${key}" on param "${pathTo(index)}".`,
    path: pathTo(index, key),
  }
}

interface KeyType {
  readonly expected: string
  readonly fits: (value: unknown) => boolean
}

/** An empty list is PHP's empty object. */
const OBJECT: KeyType = {
  expected: 'an object',
  fits: (value) => isFields(value) || (Array.isArray(value) && value.length === 0),
}
const LIST: KeyType = { expected: 'an array', fits: Array.isArray }
/** Graph reads parameters of forms too, so a number or a truth may stand in text, and text in a number. */
const TEXT: KeyType = { expected: 'a string', fits: (value) => typeof value !== 'object' }
const INTEGER: KeyType = { expected: 'an integer', fits: (value) => /^\d+$/.test(String(value)) }
const TRUTH: KeyType = {
  expected: 'a boolean',
  fits: (value) => /^(true|false|0|1)$/.test(String(value)),
}

/**
 * Source: Meta, Server Event Parameters, and refusals 2804019 that name the type a parameter must
 * have, in public issues, read 2026-09.
 */
const KEY_TYPES: Readonly<Record<string, KeyType>> = {
  custom_data: OBJECT,
  app_data: OBJECT,
  original_event_data: OBJECT,
  attribution_data: OBJECT,
  data_processing_options: LIST,
  data_processing_options_country: INTEGER,
  data_processing_options_state: INTEGER,
  opt_out: TRUTH,
  event_id: TEXT,
  event_source_url: TEXT,
  referrer_url: TEXT,
}

export function checkKeyTypes(event: Fields, { index }: RuleContext): Fault | undefined {
  const wrong = Object.entries(KEY_TYPES).find(
    ([key, { fits }]) => !isMissing(event[key]) && !fits(event[key]),
  )
  if (wrong === undefined) return undefined
  const path = pathTo(index, wrong[0])
  return { detail: `The parameter ${path} must be ${wrong[1].expected}.`, path }
}

export function checkEventName(event: Fields, { index }: RuleContext): Fault | undefined {
  const name = event['event_name']
  if (typeof name === 'string' && name.trim() !== '') return undefined
  return requiredFault(pathTo(index, 'event_name'))
}

export function checkActionSource(event: Fields, { index }: RuleContext): Fault | undefined {
  const path = pathTo(index, 'action_source')
  const source = event['action_source']
  if (source === undefined || source === null) return requiredFault(path)
  if (ACTION_SOURCES.has(source)) return undefined
  return { detail: `The parameter ${path} is none of the known sources.`, path }
}

export function checkUserData(event: Fields, { index }: RuleContext): Fault | undefined {
  const path = pathTo(index, 'user_data')
  const userData = event['user_data']
  if (userData === undefined || userData === null) return requiredFault(path)
  return isFields(userData)
    ? undefined
    : { detail: `The parameter ${path} must be an object.`, path }
}
