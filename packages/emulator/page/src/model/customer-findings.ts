import { safeKey } from '../../../src/analysis/event-rule.ts'
import type { CapturedEvent, EventIssue } from '../../../src/store/captured-event.ts'
import { groupOf } from './payload.ts'

/** What people call the keys of `user_data`. */
const LABELS: Readonly<Record<string, string>> = {
  em: 'Email',
  ph: 'Phone',
  fn: 'First name',
  ln: 'Last name',
  ge: 'Gender',
  db: 'Date of birth',
  ct: 'City',
  st: 'State',
  zp: 'Postal code',
  country: 'Country',
  external_id: 'Your customer id',
  client_ip_address: 'IP address',
  client_user_agent: 'User agent',
  fbc: 'Click id',
  fbp: 'Browser id',
  fb_login_id: 'Facebook login id',
  subscription_id: 'Subscription id',
  lead_id: 'Lead id',
  madid: 'Mobile advertiser id',
  anon_id: 'Install id',
  page_id: 'Page id',
  page_scoped_user_id: 'Page-scoped user id',
  ctwa_clid: 'WhatsApp click id',
  ig_account_id: 'Instagram account id',
  ig_sid: 'Instagram-scoped id',
}

/** What people call a key; hostile payloads have keys such as `constructor`. */
export function customerLabel(key: string): string | undefined {
  return Object.hasOwn(LABELS, key) ? LABELS[key] : undefined
}

/** SHA-256 in hex; Meta's Parameter Builder appends a dot and a mark. */
const SHA256 = /^[0-9a-f]{64}(?:\.[\w-]{1,8})?$/i

export function isSha256(value: unknown): value is string {
  return typeof value === 'string' && SHA256.test(value)
}

type Finding = Pick<EventIssue, 'rule' | 'title' | 'fix'>

export interface CustomerKey {
  readonly key: string
  readonly label: string | undefined
  readonly values: readonly unknown[]
  /** What the emulator's rules found at this key: the page judges nothing by itself. */
  readonly findings: readonly Finding[]
}

/** The customer information of an event, key by key. */
export function customerKeys(event: CapturedEvent): readonly CustomerKey[] {
  // A hostile event has thousands of keys, each with an issue of its own.
  const byPath = Map.groupBy(event.issues ?? [], ({ path }) => path)
  return Object.entries(groupOf(event, 'user_data')).map(([key, value]) => ({
    key,
    label: customerLabel(key),
    values: Array.isArray(value) && value.length > 0 ? value : [value],
    findings: findingsAt(event, byPath.get(`user_data.${safeKey(key)}`) ?? [], key),
  }))
}

/** The refusal first. What a refusal and an issue say in the same words stands once. */
function findingsAt(
  { error }: CapturedEvent,
  issues: readonly EventIssue[],
  key: string,
): readonly Finding[] {
  const refusal = error?.path?.endsWith(`['user_data']['${key}']`) ? [error] : []
  const found = [...refusal, ...issues]
  return found.filter(({ fix }, index) => found.findIndex((one) => one.fix === fix) === index)
}
