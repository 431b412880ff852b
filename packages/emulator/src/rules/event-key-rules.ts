import {
  checkActionSource,
  checkEventName,
  checkKeyTypes,
  checkUnknownKeys,
  checkUserData,
} from './check-event-keys.ts'
import { checkAge, checkAhead, checkEventTime } from './check-event-time.ts'
import { type EventRule, INVALID } from './rule.ts'

/** What every event must have, and in which form. */
export const EVENT_KEY_RULES: readonly EventRule[] = [
  {
    id: 'event_key_unknown',
    ...INVALID,
    subcode: 2804019,
    title: 'Unexpected key',
    fix: 'Remove the key, or move it into custom_data or app_data.',
    check: checkUnknownKeys,
  },
  {
    id: 'event_key_type',
    ...INVALID,
    subcode: 2804019,
    title: 'Value of the wrong kind',
    fix: 'Send the key as the documents type it: custom_data, app_data, original_event_data and attribution_data as objects, data_processing_options as a list.',
    check: checkKeyTypes,
  },
  {
    id: 'event_name_missing',
    ...INVALID,
    subcode: 2804019,
    title: 'No event name',
    fix: 'Set event_name to a standard event such as Purchase, or to your own name.',
    check: checkEventName,
  },
  {
    id: 'event_time_invalid',
    ...INVALID,
    subcode: 2804019,
    title: 'Event time missing or malformed',
    fix: 'Set event_time to when it happened, in whole Unix seconds, as a number.',
    check: checkEventTime,
  },
  {
    id: 'event_time_too_old',
    ...INVALID,
    subcode: 2804003,
    title: 'Event too old',
    fix: 'Send each event within 7 days (62 for physical_store), best at once.',
    check: checkAge,
  },
  {
    // Seen refused with this number in the logs of four shops, for hours ahead and for milliseconds, read 2026-11.
    id: 'event_time_ahead',
    ...INVALID,
    subcode: 2804004,
    title: 'Event in the future',
    fix: 'Send Unix seconds in UTC: divide milliseconds by 1000, and check the clock and the time zone.',
    check: checkAhead,
  },
  {
    id: 'action_source_invalid',
    ...INVALID,
    subcode: 2804019,
    title: 'No known action source',
    fix: 'Set action_source to email, website, app, phone_call, chat, physical_store, system_generated, business_messaging or other.',
    check: checkActionSource,
  },
  {
    id: 'user_data_missing',
    ...INVALID,
    subcode: 2804019,
    title: 'No customer information',
    fix: 'Set user_data to an object with at least one key that names a person, such as em or fbp.',
    check: checkUserData,
  },
]
