import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { build, custom, lead } from './samples.ts'

const PREFIXES = [
  'billing',
  'shipping',
  'customer',
  'payer',
  'address',
  'contact',
  'buyer',
  'user',
  'your',
  'receiver',
  'bill_to',
  'data_customer',
]
const NAMES = ['first_name', 'last_name', 'full_name', 'name', 'email', 'phone', 'mobile', 'street']
const OWNED = ['zip', 'postcode', 'city', 'address', 'address_line_1', 'date_of_birth']

const camel = (key: string) => key.replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase())
const FORMS: readonly ((prefix: string, name: string) => string)[] = [
  (prefix, name) => `${prefix}_${name}`,
  (prefix, name) => camel(`${prefix}_${name}`),
  (prefix, name) => `${prefix}-${name.replaceAll('_', '-')}`,
  (prefix, name) => `${prefix}[${name}]`,
  (prefix, name) => `${prefix}.${name}`,
  (prefix, name) => `${prefix.toUpperCase()}_${name.toUpperCase()}`,
  (prefix, name) => `checkout[${prefix}_address][${name}]`,
]
const PERSONAL = PREFIXES.flatMap((prefix) =>
  [...NAMES, ...OWNED].flatMap((name) => FORMS.map((form) => form(prefix, name))),
)
const OF_THINGS = [
  'item_name',
  'item_name1',
  'content_name',
  'product_name',
  'brand_name',
  'category_name',
  'company_name',
  'billing_company_name',
  'store_name',
  'order_name',
  'shipping_method',
  'shipping_cost',
  'customer_type',
  'customer_group_name',
  'user_agent_family',
  'contact_method',
  'address_type',
  'payment_method_name',
  'name',
  'city',
  'zip',
  'postal_code',
  'region',
  'to_city',
  'promo_code',
  'hotel_score',
  'file_name',
  'list_name',
  'utm_source',
  'is_mobile_app',
]

describe('in custom_data', () => {
  it('drops every name of personal data, with any prefix and in any spelling', () => {
    const kept = PERSONAL.filter((key) => {
      const { event } = build(custom({ [key]: 'Anna', kept: 1 }))
      return Object.hasOwn(event?.custom_data ?? {}, key)
    })
    expect(PERSONAL.length).toBeGreaterThan(700)
    expect(kept).toEqual([])
  })

  it('reports the drop without the value', () => {
    const { found } = build(
      custom({ customer_first_name: 'Anna', billingLastName: 'Muster', customer_name: 'A' }),
    )
    expect(found).toEqual([
      'custom_data.customer_first_name:personal_data',
      'custom_data.billingLastName:personal_data',
      'custom_data.customer_name:personal_data',
    ])
  })

  it.each([
    'mobile_number',
    'mobileNo',
    'customerWhatsappNumber',
    'Vorname',
    'nachname',
    'maiden_name',
    'your-name',
    'patient_name',
    'ship_to_name',
    'hs_contact_name',
  ])('drops %s, as forms and CRMs name it', (key) => {
    const { event, found } = build(custom({ [key]: 'Anna', kept: 1 }))
    expect(event?.custom_data).toEqual({ kept: 1 })
    expect(found).toEqual([`custom_data.${key}:personal_data`])
  })

  it.each(OF_THINGS)('keeps %s', (key) => {
    const { event, found } = build(custom({ [key]: 'Mug' }))
    expect(event?.custom_data).toEqual({ [key]: 'Mug' })
    expect(found).toEqual([])
  })

  it.each<[object, string]>([
    [{ customer: { name: 'Anna' } }, 'customer'],
    [{ customer: { address: { city: 'Bern' } } }, 'customer'],
    [{ buyers: [{ first_name: 'Anna' }] }, 'buyers'],
    [{ order: { billing: { firstName: 'Anna' } } }, 'order'],
    [{ links: ['https://s.example/?first_name=Anna'] }, 'links'],
  ])('drops %j, where it stands deeper down', (custom_data, key) => {
    const { event, found } = build(custom({ ...custom_data, kept: 1 }))
    expect(event?.custom_data).toEqual({ kept: 1 })
    expect(found).toEqual([`custom_data.${key}:personal_data`])
  })

  it.each([
    { customer: { type: 'new', is_mobile: true, phone: null } },
    { item: { name: 'Mug' } },
    { store: { address: { city: 'Bern' } } },
    { tags: ['first_name'] },
  ])('keeps %j', (custom_data) => {
    expect(build(custom(custom_data))).toMatchObject({ event: { custom_data }, found: [] })
  })

  it('drops them from products, and keeps the product', () => {
    const contents = [{ id: 'a', quantity: 1, name: 'Mug', recipient_name: 'Anna' }]
    const { event, found } = build(custom({ contents }))
    expect(event?.custom_data?.['contents']).toEqual([{ id: 'a', quantity: 1, name: 'Mug' }])
    expect(found).toEqual(['custom_data.contents[0].recipient_name:personal_data'])
  })
})

describe('in addresses', () => {
  const PAYPAL =
    'https://shop.example/checkout/order-received/22978/?key=wc_order_abc&payer_email=anna%40example.com&first_name=Anna&last_name=Muster&address_name=Anna+Muster&address_street=Hauptstr.+1&address_zip=3000&item_name1=Mug'

  it.each<[string, string]>([
    [PAYPAL, 'https://shop.example/checkout/order-received/22978/?item_name1=Mug'],
    ['https://s.example/?order_key=wc_order_a&x=1', 'https://s.example/?x=1'],
    ['https://s.example/?next=%2Flogin%3Femail%3Danna%2540example.com', 'https://s.example/'],
    ['https://s.example/?key=winter', 'https://s.example/?key=winter'],
    ['https://s.example/?checkout%5Bbilling_address%5D%5Bfirst_name%5D=Anna', 'https://s.example/'],
    ['https://s.example/?shipping_address=1&x=1', 'https://s.example/?shipping_address=1&x=1'],
    ['https://s.example/?mobile=1&phone=iphone-15', 'https://s.example/?mobile=1&phone=iphone-15'],
    ['https://s.example/?zip=3000&city=Bern', 'https://s.example/?zip=3000&city=Bern'],
    ['https://s.example/?company_name=Kobalt', 'https://s.example/?company_name=Kobalt'],
  ])('sends %s as %s', (url, sent) => {
    const { event, found } = build({ ...lead, event_source_url: url, referrer_url: url })
    expect(event).toMatchObject({ event_source_url: sent, referrer_url: sent })
    expect(found).toHaveLength(url === sent ? 0 : 2)
  })

  it('cuts every name of personal data, with any prefix and in any spelling', () => {
    for (const key of PERSONAL)
      for (const name of [key, encodeURIComponent(key)]) {
        const { event } = build({
          ...lead,
          event_source_url: `https://s.example/?a=1&${name}=Anna`,
        })
        expect(event?.event_source_url, name).toBe('https://s.example/?a=1')
      }
  })

  it('cleans the addresses among your own properties', () => {
    const { event, found } = build(
      custom({ landing: PAYPAL, contents: [{ id: 'a', quantity: 1, link: PAYPAL }], q: 'https' }),
    )
    const clean = 'https://shop.example/checkout/order-received/22978/?item_name1=Mug'
    expect(event?.custom_data).toEqual({
      landing: clean,
      contents: [{ id: 'a', quantity: 1, link: clean }],
      q: 'https',
    })
    expect(found).toEqual([
      'custom_data.landing:personal_data_in_url',
      'custom_data.contents[0].link:personal_data_in_url',
    ])
  })

  it.each([
    ['  https://s.example/x \n', 'https://s.example/x'],
    ['\u200bhttps://s.example/x\ufeff', 'https://s.example/x'],
    ['https://s.example', 'https://s.example'],
    ['https://s.example:8443/x', 'https://s.example:8443/x'],
    ['http://[2001:db8::1]/x', 'http://[2001:db8::1]/x'],
    ['https://münchen.example/ä', 'https://münchen.example/ä'],
    ['https://s.example/?fbclid=A%2Bb C', 'https://s.example/?fbclid=A%2Bb C'],
  ])('sends %j as %j', (url, sent) => {
    expect(build({ ...lead, event_source_url: url })).toMatchObject({
      event: { event_source_url: sent },
      found: [],
    })
  })

  it.each([
    'https://<your-domain.com>',
    'https://',
    'https://?x=1',
    'https://shop example/',
    'https://s.example:99999/',
    'https://{{host}}/',
    'https://$HOST/x',
    'https://%%SHOP%%/',
    'https://<%= host %>/',
    'https://%zz/',
    'http://1.2.3.999/',
    '/products/mug',
    'shop.example',
    'javascript:alert(1)',
    'https:shop.example<',
  ])('drops %j, which is none', (url) => {
    const { event, found } = build({ ...lead, referrer_url: url })
    expect(event?.referrer_url).toBeUndefined()
    expect(found).toEqual(['referrer_url:url_invalid'])
  })

  it('sends nothing of an address whose host would go with a name before it', () => {
    const { event, found } = build({ ...lead, referrer_url: 'https://a\\@' })
    expect(event?.referrer_url).toBeUndefined()
    expect(found).toEqual(['referrer_url:personal_data_in_url'])
  })

  it('sends only what parses, and no personal key, whatever it is given', () => {
    const part = fc.oneof(
      fc.webUrl({ withQueryParameters: true, withFragments: true }),
      fc.string(),
      fc.constantFrom(
        'https://',
        'a.b',
        '[::1]',
        ':80',
        '<',
        '@',
        '/',
        '?first_name=x',
        '&',
        '1.2',
      ),
    )
    fc.assert(
      fc.property(fc.array(part, { maxLength: 5 }), (parts) => {
        for (const url of [parts.join(''), `https://${parts.join('')}`]) {
          const sent = build({ ...lead, event_source_url: url }).event?.event_source_url
          if (sent === undefined) continue
          expect(URL.canParse(sent)).toBe(true)
          expect(sent).not.toMatch(/^[^?]*\?(?:[^&?]*&)*first_name=x/)
        }
      }),
      { numRuns: 2_000 },
    )
  })
})

describe("other platforms' names of hashes", () => {
  it.each([
    ['sha256_email_address', 'Pass it as user_data.em.'],
    ['sha256_first_name', 'Pass it as user_data.fn.'],
    ['sha256_last_name', 'Pass it as user_data.ln.'],
    ['hashed_email', 'Pass it as user_data.em.'],
    ['email_sha256', 'Pass it as user_data.em.'],
    [
      'sha256_phone_number',
      'Pass it as user_data.ph, not hashed: the hash must be of digits alone.',
    ],
    ['hashed_phone', 'Pass it as user_data.ph, not hashed: the hash must be of digits alone.'],
  ])('says where %s belongs', (key, fix) => {
    for (const place of ['user_data', 'custom_data'] as const) {
      const input = {
        ...lead,
        [place]: { ...((lead as Record<string, unknown>)[place] as object), [key]: 'ab' },
      }
      const { event, found, fixes } = build(input)
      expect(found).toEqual([`${place}.${key}:misplaced_key`])
      expect(fixes).toEqual([fix])
      expect(event?.[place] ?? {}).not.toHaveProperty(key)
    }
  })

  it('keeps a hash that is no person’s', () => {
    expect(build(custom({ content_hash: 'ab', hash: 1 })).found).toEqual([])
  })
})
