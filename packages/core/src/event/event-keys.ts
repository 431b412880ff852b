import { COUNTRY, OPTIONS, STATE } from './data-processing.ts'

/** The keys of an event; Meta refuses the whole batch for any other (100/2804019). Source: Meta, Server Event Parameters, read 2026-09. */
export const EVENT_KEYS: ReadonlySet<string> = new Set([
  'event_name',
  'event_time',
  'event_id',
  'action_source',
  'event_source_url',
  'referrer_url',
  'user_data',
  'custom_data',
  'app_data',
  'opt_out',
  'messaging_channel',
  OPTIONS,
  COUNTRY,
  STATE,
  'original_event_data',
  'attribution_data',
])
