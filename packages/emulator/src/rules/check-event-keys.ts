import {
  type Fault,
  type Fields,
  isFields,
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
