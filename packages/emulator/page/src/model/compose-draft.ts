import type { Fields } from './payload.ts'

/** What the form of Compose holds, as typed. */
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

/** Keys that the form asks for. The steps are the plain ones; `@capi/core` knows the full rules. */
export const FORM_KEYS: readonly {
  readonly key: string
  readonly label: string
  readonly sample: string
  /** Absent where the value goes out as it is. */
  readonly prepare?: (text: string) => string
}[] = [
  {
    key: 'em',
    label: 'Email',
    sample: 'Jane@Example.com',
    prepare: (text) => text.trim().toLowerCase(),
  },
  {
    key: 'ph',
    label: 'Phone',
    sample: '+49 151 23456789',
    prepare: (text) => text.replace(/\D/g, '').replace(/^0+/, ''),
  },
  { key: 'fn', label: 'First name', sample: 'Zoë', prepare: letters },
  { key: 'ln', label: 'Last name', sample: 'O’Neil', prepare: letters },
  {
    key: 'external_id',
    label: 'Your customer id',
    sample: 'customer-42',
    prepare: (text) => text.trim().toLowerCase(),
  },
  { key: 'fbp', label: 'Browser id, _fbp', sample: 'fb.1.1793491200000.1098115397' },
  { key: 'fbc', label: 'Click id, _fbc', sample: 'fb.1.1793491200000.AbCdEf' },
  { key: 'client_ip_address', label: 'IP address', sample: '203.0.113.7' },
  { key: 'client_user_agent', label: 'User agent', sample: 'Mozilla/5.0 …' },
]

function letters(text: string): string {
  return text.toLowerCase().replace(/[\s\p{P}]/gu, '')
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
  readonly key: string
  readonly normalised: string
  /** Absent where nothing is hashed. */
  readonly hash?: string
}

export async function prepareCustomer(
  customer: Draft['customer'],
  hashText: (text: string) => Promise<string | undefined>,
): Promise<readonly PreparedValue[]> {
  const filled = FORM_KEYS.filter(({ key }) => (customer[key] ?? '') !== '')
  return Promise.all(
    filled.map(async ({ key, prepare }) => {
      const raw = customer[key] ?? ''
      if (!prepare) return { key, normalised: raw }
      const normalised = prepare(raw)
      const hash = await hashText(normalised)
      return { key, normalised, ...(hash !== undefined && { hash }) }
    }),
  )
}

/** The body of the call, with empty fields left out. */
export function buildBody(draft: Draft, prepared: readonly PreparedValue[], nowMs: number): Fields {
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
    user_data: Object.fromEntries(
      prepared.map(({ key, hash, normalised }) => [key, hash ?? normalised]),
    ),
    ...(Object.keys(custom).length > 0 && { custom_data: custom }),
  })
  return { data: [event], ...present({ test_event_code: draft.test_event_code }) }
}

function present(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''))
}

/** What the browser's pixel would report of the same event. */
export function pixelQuery(draft: Draft): string {
  const { fbp, fbc } = draft.customer
  return new URLSearchParams(
    Object.entries({
      id: draft.pixelId,
      ev: draft.event_name,
      eid: draft.event_id,
      dl: draft.event_source_url,
      fbp: fbp ?? '',
      fbc: fbc ?? '',
      'cd[value]': draft.value,
      'cd[currency]': draft.currency,
    }).filter(([, value]) => value !== ''),
  ).toString()
}
