import { checkBatchSize, checkBody, checkData, checkToken } from './check-call.ts'
import { checkContents, checkPurchaseCurrency, checkPurchaseValue } from './check-custom-data.ts'
import { checkHashed, checkIdentity } from './check-customer-information.ts'
import {
  checkActionSource,
  checkEventName,
  checkUnknownKeys,
  checkUserData,
} from './check-event-keys.ts'
import { checkEventTime } from './check-event-time.ts'
import type { CallRule, EventRule, Rule } from './rule.ts'

const INVALID = { status: 400, code: 100 } as const

/**
 * Checks of the call as a whole, in order; the first failure wins.
 * Source: Meta, Conversions API > Using the API and Error Codes, read 2026-09.
 */
export const CALL_RULES: readonly CallRule[] = [
  {
    id: 'token_missing',
    status: 401,
    code: 190,
    title: 'No access token',
    fix: 'Send "Authorization: Bearer <token>". Any text will do here.',
    check: checkToken,
  },
  {
    id: 'body_unreadable',
    ...INVALID,
    title: 'Unreadable body',
    fix: 'Send a JSON object with "Content-Type: application/json".',
    check: checkBody,
  },
  {
    id: 'data_invalid',
    ...INVALID,
    title: 'No list of events',
    fix: 'Send the events as objects in a list named data, in a body whose Content-Type says what it is.',
    check: checkData,
  },
  {
    id: 'batch_too_large',
    ...INVALID,
    title: 'Too many events',
    fix: 'Split the events over several calls.',
    check: checkBatchSize,
  },
]

/**
 * Checks of each event, in order; the first failure of the first bad event refuses the batch.
 * An event that was both too old and too thin was seen refused for its age (live, 2026-09).
 * No public page lists the subcodes: they come from refusals in public issues, read 2026-09.
 */
export const EVENT_RULES: readonly EventRule[] = [
  {
    id: 'event_key_unknown',
    ...INVALID,
    subcode: 2804019,
    title: 'Unexpected key',
    fix: 'Remove the key, or move it into custom_data or app_data.',
    check: checkUnknownKeys,
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
    subcode: 2804003,
    title: 'Event time missing or too old',
    fix: 'Set event_time to when it happened, in whole Unix seconds, and send it within 7 days (62 for physical_store).',
    check: checkEventTime,
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
  {
    id: 'contents_invalid',
    ...INVALID,
    subcode: 2804008,
    title: 'Contents not a list of objects',
    fix: 'Send contents as a list such as [{ "id": "sku-1", "quantity": 1 }], not as a JSON string.',
    check: checkContents,
  },
  {
    id: 'purchase_value_missing',
    ...INVALID,
    subcode: 2804009,
    title: 'Purchase without a value',
    fix: 'Set custom_data.value to the amount as a number; 0 is allowed.',
    check: checkPurchaseValue,
  },
  {
    id: 'purchase_currency_missing',
    ...INVALID,
    subcode: 2804010,
    title: 'Purchase without a currency',
    fix: 'Set custom_data.currency to a three-letter code such as EUR.',
    check: checkPurchaseCurrency,
  },
  {
    id: 'user_data_not_hashed',
    ...INVALID,
    subcode: 2804016,
    title: 'Customer information not hashed',
    fix: 'Normalise the value, then send its SHA-256 in hex. Never send it raw.',
    check: checkHashed,
  },
  {
    id: 'identity_too_thin',
    ...INVALID,
    subcode: 2804050,
    title: 'Too little customer information',
    fix: 'Add a key that points at one person: em, ph, external_id, fbp, fbc or client_ip_address.',
    check: checkIdentity,
  },
]

/** Worn by the good events of a refused batch: any bad event fails the entire call. */
export const BATCH_REFUSED: Pick<Rule, 'id' | 'title' | 'fix'> = {
  id: 'batch_refused',
  title: 'Refused with its batch',
  fix: 'Nothing is wrong here: another event of this call was refused. Correct that one and send all again.',
}
