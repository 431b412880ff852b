import type { HashedField } from '@capi/core'
import type { Core } from '../core/load-core.ts'
import type { Fields } from './payload.ts'

/** What the form of the Payload Helper holds, as typed. */
export interface Draft {
  readonly pixelId: string
  readonly event_name: string
  readonly event_id: string
  readonly action_source: string
  readonly event_source_url: string
  readonly test_event_code: string
  readonly value: string
  readonly currency: string
  readonly customer: Readonly<Record<string, string>>
}

export const ACTION_SOURCES = [
  'website',
  'app',
  'email',
  'phone_call',
  'chat',
  'physical_store',
  'system_generated',
  'business_messaging',
  'other',
] as const

/** Keys that leave hashed, and a value as a form would have it. */
export const HASHED_KEYS: Readonly<Partial<Record<HashedField, string>>> = {
  em: 'Jane@Example.com',
  ph: '+49 151 23456789',
  fn: 'Zoë',
  ln: 'O’Neil',
  ge: 'Female',
  db: '12/31/1990',
  ct: 'San Francisco',
  st: 'California',
  zp: '94025-1234',
  country: 'United States',
  external_id: 'customer-42',
}

/** Keys that leave as they are. */
export const PLAIN_KEYS: Readonly<Record<string, string>> = {
  fbp: 'fb.1.1793491200000.1098115397',
  fbc: 'fb.1.1793491200000.AbCdEf',
  client_ip_address: '203.0.113.7',
  client_user_agent: 'Mozilla/5.0 …',
}

export function newDraft(nowMs: number, userAgent: string): Draft {
  return {
    pixelId: '1234567890',
    event_name: 'Purchase',
    event_id: `order-${nowMs.toString(36)}`,
    action_source: 'website',
    event_source_url: 'https://shop.example/thank-you',
    test_event_code: '',
    value: '49.9',
    currency: 'EUR',
    customer: { em: 'Jane@Example.com', client_user_agent: userAgent },
  }
}

export interface PreparedValue {
  /** What is hashed. Absent: core sends nothing for such a value. */
  readonly text?: string
  readonly hash?: string
}

/** Each value that was typed, as `@capi/core` prepares and hashes it. */
export function prepareCustomer(
  customer: Draft['customer'],
  { normalizeField, sha256 }: Core,
): Readonly<Record<string, PreparedValue>> {
  const { country } = customer
  return Object.fromEntries(
    Object.keys(HASHED_KEYS).flatMap((key) => {
      const raw = customer[key] ?? ''
      if (raw === '') return []
      const text = normalizeField(key as HashedField, raw, { country })
      if (text === undefined) return [[key, {}]]
      return [[key, { text, hash: isHash(key, text) ? text : sha256(text) }]]
    }),
  )
}

/** A hash goes through core as it is: SHA-256, and MD5 but for ids of one's own. */
function isHash(key: string, text: string): boolean {
  return /^[0-9a-f]{64}/.test(text) || (key !== 'external_id' && /^[0-9a-f]{32}$/.test(text))
}

/** The body of the call, with empty fields left out. */
export function buildBody(
  draft: Draft,
  prepared: Readonly<Record<string, PreparedValue>>,
  nowMs: number,
): Fields {
  const amount = Number(draft.value)
  const custom = present({
    value: draft.value === '' || Number.isNaN(amount) ? draft.value : amount,
    currency: draft.currency,
  })
  const event = present({
    event_name: draft.event_name,
    event_time: Math.floor(nowMs / 1000),
    event_id: draft.event_id,
    action_source: draft.action_source,
    event_source_url: draft.event_source_url,
    user_data: present({
      ...Object.fromEntries(Object.entries(prepared).map(([key, { hash }]) => [key, hash])),
      ...Object.fromEntries(Object.keys(PLAIN_KEYS).map((key) => [key, draft.customer[key]])),
    }),
    ...(Object.keys(custom).length > 0 && { custom_data: custom }),
  })
  return { data: [event], ...present({ test_event_code: draft.test_event_code }) }
}

function present(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== '' && value !== undefined),
  )
}
