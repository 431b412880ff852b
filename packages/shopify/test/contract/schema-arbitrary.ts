import fc from 'fast-check'

/** As far as the inferred schemas of `shopify-webhook-schemas` go. */
export interface Schema {
  readonly type?: string | readonly string[]
  readonly format?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
}

const money = fc.integer({ min: 0, max: 10_000_000 }).map((cents) => (cents / 100).toFixed(2))
const time = fc
  .integer({ min: Date.parse('2026-09-01'), max: Date.parse('2026-09-20') })
  .map((ms) => new Date(ms).toISOString())

/** What Shopify writes into text fields, and what it does not. */
const text = fc.oneof(
  { weight: 4, arbitrary: money },
  { weight: 4, arbitrary: fc.constantFrom('CHF', 'USD', 'web', 'pos', 'paid', 'enabled', '4711') },
  { weight: 2, arbitrary: time },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme' }) },
  { weight: 1, arbitrary: fc.constantFrom('', ' ', '__proto__', '/?fbclid=IwAR0xYz', '\u0000') },
)
const FORMATS: Readonly<Record<string, fc.Arbitrary<string>>> = {
  'date-time': time,
  email: fc.oneof(fc.emailAddress(), fc.constant('')),
  ipv4: fc.oneof(fc.ipV4(), fc.ipV6()),
  uri: fc.oneof(
    fc.webUrl({ withQueryParameters: true }),
    fc.integer({ min: 1 }).map((id) => `gid://shopify/Order/${id}`),
  ),
}

/** Names whose values decide what becomes of a payload: plain text would nearly always stop at the first of them. */
const FIELDS: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  cancelled_at: fc.option(time, { freq: 8 }),
  financial_status: fc.constantFrom('paid', 'authorized', 'pending', 'voided', null),
  test: fc.constantFrom(false, false, false, true),
  state: fc.constantFrom('enabled', 'disabled'),
  currency: fc.constantFrom('CHF', 'JPY', 'XXX', '', null),
  currency_code: fc.constantFrom('CHF', 'JPY', 'XXX', '', null),
  source_name: fc.constantFrom('web', 'pos', 'shopify_draft_order', '4711', null),
  quantity: fc.integer({ min: -1, max: 1_000 }),
  amount: money,
  total_price: money,
}

const SCALARS: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  boolean: fc.boolean(),
  integer: fc.oneof(fc.nat(), fc.maxSafeInteger(), fc.double({ min: 2 ** 53, noNaN: true })),
  number: fc.double(),
  null: fc.constant(null),
}

/** Payloads of a schema, with any field left out: subscriptions may trim them. */
export function payloads(schema: Schema): fc.Arbitrary<Readonly<Record<string, unknown>>> {
  return objects(schema.properties ?? {})
}

function values({ type, format, properties, items, anyOf }: Schema): fc.Arbitrary<unknown> {
  if (anyOf !== undefined) return fc.oneof(...anyOf.map(values))
  const types = typeof type === 'string' ? [type] : (type ?? ['null'])
  return fc.oneof(
    ...types.map((one) => {
      if (one === 'object') return objects(properties ?? {})
      if (one === 'array') return fc.array(values(items ?? {}), { maxLength: 4 })
      if (one === 'string') return FORMATS[format ?? ''] ?? text
      return SCALARS[one] ?? fc.anything()
    }),
  )
}

function objects(
  properties: Readonly<Record<string, Schema>>,
): fc.Arbitrary<Readonly<Record<string, unknown>>> {
  const entries = Object.entries(properties)
  const fields = entries.map(([name, schema]) => [name, FIELDS[name] ?? values(schema)])
  return fc.record(Object.fromEntries(fields) as Record<string, fc.Arbitrary<unknown>>, {
    requiredKeys: [],
  })
}
