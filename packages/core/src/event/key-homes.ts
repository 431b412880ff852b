import { APP_DATA_FIELDS } from '../app-data/fields.ts'
import { CUSTOM_DATA_FIELDS } from '../custom-data/fields.ts'
import { byWord } from '../field/by-word.ts'
import type { HomeOf } from '../field/unexpected-key.ts'
import { lazy } from '../runtime/lazy.ts'
import { HASHED_FIELDS } from '../user-data/hashed-fields.ts'
import { PLAIN_FIELDS } from '../user-data/plain-fields.ts'
import { EVENT_KEYS } from './event-keys.ts'

const USER = 'user_data.'
/** What others call a field of `user_data`. */
const USER_ALIASES: Readonly<Record<string, string>> = {
  em: 'email email_address',
  ph: 'phone phone_number',
  fn: 'first_name firstName',
  ln: 'last_name lastName',
  ge: 'gender gen',
  db: 'date_of_birth',
  zp: 'zip postal_code',
  ct: 'city',
  st: 'state',
  fbc: '_fbc',
  fbp: '_fbp',
  'fbc, made by createFbc': 'fbclid',
  external_id: 'externalId user_id',
  client_ip_address: 'ip ip_address',
  client_user_agent: 'user_agent',
  ig_account_id: 'instagram_business_account_id',
}
/** What others call a field of the event, and what stands in the request beside its events. */
const EVENT_ALIASES: Readonly<Record<string, string>> = {
  event_id: 'eventID eventId',
  event_source_url: 'event_url',
  opt_out: 'optOut',
  data_processing_options: 'dataProcessingOptions',
  'the list of events, as in send(payload) and enqueue(payload.data)': 'data',
  'the option uploadTag of createCapi or of send': 'upload_tag',
  'the option testEventCode of createCapi or of send': 'test_event_code',
  'the option partnerAgent': 'partner_agent',
  'the option accessToken': 'access_token',
  'the option appSecret': 'appsecret_proof',
}

/** Names that are also somebody's own properties of an event, and hold nothing personal. */
const CUSTOM_PROPERTIES: ReadonlySet<string> = new Set([
  ...'country zip postal_code city state gender user_id fi st ct ge subscription_id partner_id partner_name page_id'.split(
    ' ',
  ),
  ...Object.keys(APP_DATA_FIELDS).filter(
    (key) => key !== 'advertiser_tracking_enabled' && key !== 'extinfo',
  ),
])

const homes = lazy(collectHomes)

/**
 * Knows the keys of every object, and what others call them: `user_data.em` for `email`.
 * @internal
 */
export const homeOf: HomeOf = (key, place) => {
  // A custom property may have any case.
  const name = place === 'custom_data' ? key : snake(key)
  const home = homes().get(key) ?? homes().get(name) ?? homeOfHash(snake(key))
  if (home === undefined) return undefined
  if (place === 'custom_data' && CUSTOM_PROPERTIES.has(key)) return undefined
  return home === `${place}.${key}` ? undefined : home
}

function snake(key: string): string {
  return key.replace(/(?<=[a-z0-9])[A-Z]/g, '_$&').toLowerCase()
}

/** `sha256_email_address`, as GA4 has it, and its like. GA4 hashes a phone number with its plus, Meta without. */
function homeOfHash(key: string): string | undefined {
  if (!/sha256|hash/.test(key)) return undefined
  const home = homes().get(key.replace(/^(?:sha256|hashed)_|_(?:sha256|hash(?:ed)?)$/, ''))
  return home === `${USER}ph` ? `${home}, not hashed: the hash must be of digits alone` : home
}

function collectHomes(): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  const add = (prefix: string, keys: Iterable<string>) => {
    for (const key of keys) if (!found.has(key)) found.set(key, prefix + key)
  }
  const addAliases = (prefix: string, aliases: Readonly<Record<string, string>>) => {
    for (const [name, field] of byWord(aliases)()) found.set(name, prefix + field)
  }
  addAliases(USER, USER_ALIASES)
  addAliases('', EVENT_ALIASES)
  add('', EVENT_KEYS)
  add(USER, Object.keys(HASHED_FIELDS))
  add(USER, Object.keys(PLAIN_FIELDS))
  add('custom_data.', Object.keys(CUSTOM_DATA_FIELDS))
  add('app_data.', Object.keys(APP_DATA_FIELDS))
  return found
}
