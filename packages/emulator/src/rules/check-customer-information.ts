import { type Fault, type Fields, isMissing, partOf, pathTo, type RuleContext } from './rule.ts'

/**
 * `external_id` is not here: hashing it is recommended, not required. The last six are in
 * Meta's SDKs only. Source: Meta, Customer Information Parameters, read 2026-09.
 */
const HASHED_KEYS: ReadonlySet<string> = new Set([
  'em',
  'ph',
  'fn',
  'ln',
  'ge',
  'db',
  'ct',
  'st',
  'zp',
  'country',
  'f5first',
  'f5last',
  'fi',
  'dobd',
  'dobm',
  'doby',
])

/**
 * The rest of what Meta reads. `app_user_id` is in its SDKs only; `whatsapp_business_account_id`,
 * `ig_account_id` and `ig_sid` are in its messaging pages only.
 * Source: Meta, Customer Information Parameters and Business Messaging, read 2026-09.
 */
const PLAIN_KEYS: ReadonlySet<string> = new Set([
  'external_id',
  'client_ip_address',
  'client_user_agent',
  'fbc',
  'fbp',
  'subscription_id',
  'fb_login_id',
  'lead_id',
  'anon_id',
  'madid',
  'page_id',
  'page_scoped_user_id',
  'ctwa_clid',
  'whatsapp_business_account_id',
  'ig_account_id',
  'ig_sid',
  'app_user_id',
])

/** Whether Meta reads this key of `user_data`. */
export function isCustomerKey(key: string): boolean {
  return HASHED_KEYS.has(key) || PLAIN_KEYS.has(key)
}

/**
 * `fb.{n}.{time}.{fbclid}`, and a fifth part where Meta's Parameter Builder made it. Seen refused: without the fbclid,
 * an fbc wrapped into another, and signs that no fbclid has. A time in seconds passes.
 * Source: Adsmurai's client, issue 6, and PostHog, pull request 73897, read 2026-11.
 */
const FBC = /^fb\.\d+\.\d+\.[\w-]+(?:\.[\w-]+)?$/

/** Source: Meta, Conversion Leads Integration > Payload Specification, read 2026-09. */
const LEAD_ID = /^\d{15,17}$/

/**
 * SHA-256 in hex, with the mark of Meta's Parameter Builder (2 or 8 characters) if it made it; or 32
 * digits: the documents ask for SHA-256, but every SDK of Meta's sends MD5 as it is, and no refusal
 * of one has been reported.
 */
const HASHED = /^(?:[0-9a-f]{64}(?:\.[A-Za-z0-9_-]{2}|\.[A-Za-z0-9_-]{8})?|[0-9a-f]{32})$/i

/**
 * Keys that name too many people when an event carries nothing beyond one of these sets.
 * Source: Meta, Customer Information Parameters, in force since v13, read 2026-09.
 */
const TOO_BROAD: readonly ReadonlySet<string>[] = [
  new Set(['ct', 'country', 'st', 'zp', 'ge', 'client_user_agent']),
  new Set(['db', 'client_user_agent']),
  new Set(['fn', 'ge']),
  new Set(['ln', 'ge']),
]

export function checkHashed(event: Fields, { index }: RuleContext): Fault | undefined {
  const raw = customerInformation(event).find(
    ([key, values]) => HASHED_KEYS.has(key) && !values.every(isHashed),
  )
  if (raw === undefined) return undefined
  const path = pathTo(index, 'user_data', raw[0])
  return { detail: `The parameter ${path} is not a SHA-256 hash.`, path }
}

export function checkFbc(event: Fields, { index }: RuleContext): Fault | undefined {
  const fbc = partOf(event, 'user_data')['fbc']
  if (isMissing(fbc) || (typeof fbc === 'string' && FBC.test(fbc))) return undefined
  const path = pathTo(index, 'user_data', 'fbc')
  return { detail: `The parameter ${path} is not formatted as a click id.`, path }
}

export function checkLeadId(event: Fields, { index }: RuleContext): Fault | undefined {
  const id = partOf(event, 'user_data')['lead_id']
  const text = typeof id === 'number' ? String(id) : id
  if (isMissing(id) || (typeof text === 'string' && LEAD_ID.test(text))) return undefined
  const path = pathTo(index, 'user_data', 'lead_id')
  return { detail: `The parameter ${path} is not 15 to 17 digits.`, path }
}

/** An unknown key identifies no person, whether Meta ignores it or refuses it. */
export function checkIdentity(event: Fields, { index }: RuleContext): Fault | undefined {
  const keys = customerInformation(event)
    .map(([key]) => key)
    .filter(isCustomerKey)
  if (!TOO_BROAD.some((set) => keys.every((key) => set.has(key)))) return undefined
  const path = pathTo(index, 'user_data')
  return { detail: `The parameter ${path} is too thin or too broad to name a person.`, path }
}

function isHashed(value: unknown): boolean {
  return typeof value === 'string' && HASHED.test(value)
}

/** A blank value and an empty list identify no person, so their key counts as absent. */
function customerInformation(event: Fields): [key: string, values: readonly unknown[]][] {
  return Object.entries(partOf(event, 'user_data'))
    .map(([key, value]): [string, readonly unknown[]] => [
      key,
      (Array.isArray(value) ? value : [value]).filter((one) => !isMissing(one)),
    ])
    .filter(([, values]) => values.length > 0)
}
