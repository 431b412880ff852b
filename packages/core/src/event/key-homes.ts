import { APP_DATA_FIELDS } from '../app-data/fields.ts'
import { CUSTOM_DATA_FIELDS } from '../custom-data/fields.ts'
import { HASHED_FIELDS } from '../user-data/hashed-fields.ts'
import { PLAIN_FIELDS } from '../user-data/plain-fields.ts'
import { EVENT_KEYS } from './event-keys.ts'

/** The objects of an event that have keys of their own. */
export type Place = 'event' | 'user_data' | 'custom_data' | 'app_data'

/** Names used elsewhere for what Meta calls otherwise. */
const ALIASES: Readonly<Record<string, string>> = {
  email: 'user_data.em',
  phone: 'user_data.ph',
  phone_number: 'user_data.ph',
  first_name: 'user_data.fn',
  firstName: 'user_data.fn',
  last_name: 'user_data.ln',
  lastName: 'user_data.ln',
  gender: 'user_data.ge',
  gen: 'user_data.ge',
  date_of_birth: 'user_data.db',
  zip: 'user_data.zp',
  postal_code: 'user_data.zp',
  city: 'user_data.ct',
  state: 'user_data.st',
  _fbc: 'user_data.fbc',
  _fbp: 'user_data.fbp',
  externalId: 'user_data.external_id',
  user_id: 'user_data.external_id',
  ip: 'user_data.client_ip_address',
  ip_address: 'user_data.client_ip_address',
  user_agent: 'user_data.client_user_agent',
  fbclid: 'user_data.fbc, made by createFbc',
  email_address: 'user_data.em',
  instagram_business_account_id: 'user_data.ig_account_id',
  eventID: 'event_id',
  eventId: 'event_id',
  event_url: 'event_source_url',
  // Of the request, beside its events.
  upload_tag: 'the option uploadTag of createCapi or of send',
  test_event_code: 'the option testEventCode',
  partner_agent: 'the option partnerAgent',
  access_token: 'the option accessToken',
  appsecret_proof: 'the option appSecret',
  optOut: 'opt_out',
  dataProcessingOptions: 'data_processing_options',
}

/** Names that are also somebody's own properties of an event, and hold nothing personal. */
const CUSTOM_PROPERTIES: ReadonlySet<string> = new Set([
  'country',
  'zip',
  'postal_code',
  'city',
  'state',
  'gender',
  'user_id',
  'fi',
  'st',
  'ct',
  'ge',
  'subscription_id',
  'partner_id',
  'partner_name',
  'page_id',
  ...Object.keys(APP_DATA_FIELDS).filter(
    (key) => key !== 'advertiser_tracking_enabled' && key !== 'extinfo',
  ),
])

let homes: ReadonlyMap<string, string> | undefined

/** Where a key belongs that stands in the wrong place: `user_data.em`; undefined when nowhere else. */
export function homeOf(key: string, place: Place): string | undefined {
  homes ??= collectHomes()
  // A custom property may have any case.
  const name = place === 'custom_data' ? key : snake(key)
  const home = homes.get(key) ?? homes.get(name) ?? homeOfHash(snake(key), homes)
  if (home === undefined) return undefined
  if (place === 'custom_data' && CUSTOM_PROPERTIES.has(key)) return undefined
  return home === `${place}.${key}` ? undefined : home
}

function snake(key: string): string {
  return key.replace(/(?<=[a-z0-9])[A-Z]/g, '_$&').toLowerCase()
}

/** `sha256_email_address`, as GA4 has it, and its like. GA4 hashes a phone number with its plus, Meta without. */
function homeOfHash(key: string, known: ReadonlyMap<string, string>): string | undefined {
  if (!/sha256|hash/.test(key)) return undefined
  const home = known.get(key.replace(/^(?:sha256|hashed)_|_(?:sha256|hash(?:ed)?)$/, ''))
  return home === 'user_data.ph' ? `${home}, not hashed: the hash must be of digits alone` : home
}

function collectHomes(): ReadonlyMap<string, string> {
  const found = new Map(Object.entries(ALIASES))
  const add = (prefix: string, keys: Iterable<string>) => {
    for (const key of keys) if (!found.has(key)) found.set(key, prefix + key)
  }
  add('', EVENT_KEYS)
  add('user_data.', Object.keys(HASHED_FIELDS))
  add('user_data.', Object.keys(PLAIN_FIELDS))
  add('custom_data.', Object.keys(CUSTOM_DATA_FIELDS))
  add('app_data.', Object.keys(APP_DATA_FIELDS))
  return found
}
