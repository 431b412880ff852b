/** Keys of `user_data`: what people call them, and the form Meta wants. Source: Meta, Customer Information Parameters, read 2026-09. */
interface CustomerKey {
  readonly label: string
  /** `required`: SHA-256 only. `optional`: both are taken. `never`: hashing makes it useless. */
  readonly hashing: 'required' | 'optional' | 'never'
  readonly form?: RegExp
  readonly expects?: string
}

const HASHED = { hashing: 'required' } as const
const PLAIN = { hashing: 'never' } as const

const CUSTOMER_KEYS: Readonly<Record<string, CustomerKey>> = {
  em: { label: 'Email', ...HASHED },
  ph: { label: 'Phone', ...HASHED },
  fn: { label: 'First name', ...HASHED },
  ln: { label: 'Last name', ...HASHED },
  ge: { label: 'Gender', ...HASHED },
  db: { label: 'Date of birth', ...HASHED },
  ct: { label: 'City', ...HASHED },
  st: { label: 'State', ...HASHED },
  zp: { label: 'Postal code', ...HASHED },
  country: { label: 'Country', ...HASHED },
  external_id: { label: 'Your customer id', hashing: 'optional' },
  client_ip_address: {
    label: 'IP address',
    ...PLAIN,
    form: /^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f:.]*:[0-9a-f:.]*)$/i,
    expects: 'an IPv4 or IPv6 address',
  },
  client_user_agent: { label: 'User agent', ...PLAIN },
  fbc: {
    label: 'Click id',
    ...PLAIN,
    form: /^fb\.\d\.\d{13}\.\S+$/,
    expects: 'fb.1.{milliseconds}.{fbclid}',
  },
  fbp: {
    label: 'Browser id',
    ...PLAIN,
    form: /^fb\.\d\.\d{13}\.\d+(?:\.\w{8})?$/,
    expects: 'fb.1.{milliseconds}.{number}',
  },
  fb_login_id: { label: 'Facebook login id', ...PLAIN },
  subscription_id: { label: 'Subscription id', ...PLAIN },
  lead_id: { label: 'Lead id', ...PLAIN },
  madid: { label: 'Mobile advertiser id', ...PLAIN },
  anon_id: { label: 'Install id', ...PLAIN },
  page_id: { label: 'Page id', ...PLAIN },
  page_scoped_user_id: { label: 'Page-scoped user id', ...PLAIN },
  ctwa_clid: { label: 'WhatsApp click id', ...PLAIN },
  ig_account_id: { label: 'Instagram account id', ...PLAIN },
  ig_sid: { label: 'Instagram-scoped id', ...PLAIN },
}

/** What is known of a key; hostile payloads have keys such as `constructor`. */
export function customerKey(key: string): CustomerKey | undefined {
  return Object.hasOwn(CUSTOMER_KEYS, key) ? CUSTOMER_KEYS[key] : undefined
}

/** SHA-256 in hex. Meta's own param builder appends a dot and eight characters; that is taken too. */
const SHA256 = /^[0-9a-f]{64}(?:\.\w{8})?$/i

export interface KeyReading {
  readonly isHashed: boolean
  /** Empty when the form is right. */
  readonly problem: string
}

function isSha256(value: unknown): value is string {
  return typeof value === 'string' && SHA256.test(value)
}

/** How one value of a key looks, by form alone: what only the rules know stands in the event's issues. */
export function readCustomerValue(key: string, value: unknown): KeyReading {
  const isHashed = isSha256(value)
  const known = customerKey(key)
  if (value === '' || value === null || value === undefined) return { isHashed, problem: 'Empty' }
  if (known?.hashing === 'required') {
    if (!isHashed) return { isHashed, problem: 'Not a SHA-256' }
    return { isHashed, problem: /[A-F]/.test(value.slice(0, 64)) ? 'Upper-case hex' : '' }
  }
  if (known?.hashing === 'never' && isHashed) return { isHashed, problem: 'Must not be hashed' }
  if (known?.form && !(typeof value === 'string' && known.form.test(value))) {
    return { isHashed, problem: `Expected ${known.expects ?? 'another form'}` }
  }
  return { isHashed, problem: '' }
}
