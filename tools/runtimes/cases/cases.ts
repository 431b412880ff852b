/** An event as a shop writes it, and options of the client that sends it. A plain module: every runtime loads it. */
export interface Case {
  readonly name: string
  readonly event: Readonly<Record<string, unknown>>
  readonly options?: Readonly<Record<string, unknown>>
}

/** 2026-11-23T12:00:00Z, when all of this happens. */
export const NOW_MS = Date.UTC(2026, 10, 23, 12)

const web = {
  event_name: 'Lead',
  event_id: 'id.1',
  action_source: 'website',
  event_source_url: 'https://shop.example/',
} as const

export const person = (user_data: object) => ({
  ...web,
  user_data: { client_user_agent: 'UA/1', ...user_data },
})
const custom = (custom_data: object) => ({ ...person({ em: 'anna@example.com' }), custom_data })

/** Texts that runtimes could cut, fold, sort or encode each in its own way. */
const TEXTS = [
  'Zürich',
  'Zu\u0308rich',
  'ＡＢＣ １２３',
  'İstanbul',
  'ıiIİ',
  'Straße ẞ',
  'ΟΔΥΣΣΕΥΣ',
  'ǅ',
  'ﬁne',
  '정',
  '서\u1112\u1161\u11ab',
  'محمد',
  'Ólafur Æ',
  '𝒜nna',
  '👩‍👩‍👧 family',
  'half \ud83d',
  '\ude00 half',
  'a\u0000b',
  'a\u00adb\u200bc\u2060d\ufeffe',
  '\u00a0 padded\u3000',
  '\u1e9b\u0323',
  'x'.repeat(5_000),
]

const NUMBERS = [
  0,
  -0,
  1,
  0.1 + 0.2,
  1e21,
  1e-7,
  123_456_789.123_456_78,
  Number.MAX_SAFE_INTEGER,
  2 ** 53 + 2,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  0n,
  12n,
  2n ** 70n,
  '12.50',
  '1e3',
  '٣',
  ' 7 ',
]

const TIMES = [
  new Date(NOW_MS - 1_500),
  new Date(Number.NaN),
  '2026-11-23T11:59:59Z',
  '2026-11-23T12:59:59+01:00',
  '2026-11-23T11:59:59.999Z',
  '2026-11-23',
  '23 Nov 2026 11:00 GMT',
  'Mon, 23 Nov 2026 11:00:00 GMT',
  Math.floor(NOW_MS / 1_000) - 60,
  NOW_MS,
  BigInt(Math.floor(NOW_MS / 1_000)),
]

const BIRTHDAYS = [
  new Date(Date.UTC(1990, 1, 28)),
  new Date('1990-02-28T23:30:00-05:00'),
  '1990-02-28',
  '28.02.1990',
  '02/28/1990',
  '29.02.1991',
  19900228,
  19900228n,
]

const PAGES = [
  'https://shop.example/é?q=ü#frag',
  'https://SHOP.example:443/a/../b',
  'https://münchen.example/straße',
  'https://shop.example/?email=anna%40example.com&x=1',
  'https://shop.example/?x=%zz&y=%E0%A4%A',
  'http://[2001:db8::1]:8080/p',
  'https://shop.example/a b|c"d<e>`f{g}',
  'https://user:secret@shop.example/',
  'https://xn--/',
  'shop.example/no-scheme',
]

const ADDRESSES = [
  '81.6.1.2',
  '::ffff:81.6.1.2',
  '2A02:1210:0:0:0:0:0:1',
  'fe80::1%eth0',
  '010.1.2.3',
]

function each<T>(kind: string, values: readonly T[], toEvent: (value: T) => Case['event']): Case[] {
  return values.map((value, index) => ({ name: `${kind} ${index}`, event: toEvent(value) }))
}

export const CASES: readonly Case[] = [
  ...each('name', TEXTS, (text) => person({ fn: text, ln: text, ct: text, external_id: text })),
  ...each('product', TEXTS, (text) => custom({ content_name: text, [`own ${text}`]: text })),
  ...each('e-mail', TEXTS, (text) => person({ em: `${text}@example.com`, external_id: 1 })),
  ...each('value', NUMBERS, (value) => custom({ value, currency: 'EUR' })),
  ...each('id', NUMBERS, (external_id) => person({ external_id, em: 'anna@example.com' })),
  ...each('product id', NUMBERS, (id) =>
    custom({ content_ids: [id], contents: [{ id, quantity: id, item_price: id }], num_items: id }),
  ),
  ...each('time', TIMES, (event_time) => ({ ...person({ external_id: 1 }), event_time })),
  ...each('birthday', BIRTHDAYS, (db) => person({ db, em: 'anna@example.com' })),
  ...each('page', PAGES, (event_source_url) => ({
    ...person({ external_id: 1 }),
    event_source_url,
  })),
  ...each('address', ADDRESSES, (client_ip_address) =>
    person({ client_ip_address, em: 'anna@example.com' }),
  ),
  { name: 'phone of a country', event: person({ ph: '079 123 45 67', country: 'Switzerland' }) },
  {
    name: 'phone of an option',
    event: person({ ph: '(650) 555-1212' }),
    options: { phoneCountry: 'US' },
  },
  {
    name: 'purchase with everything',
    event: {
      ...web,
      event_name: 'Purchase',
      event_time: new Date(NOW_MS - 86_400_000),
      user_data: {
        em: ['Anna.Muster@Example.com', 'b@example.com'],
        ph: ['+41 79 123 45 67', 41791234567n],
        fn: 'Anna',
        ln: 'Müller-Lüdenscheidt',
        db: new Date(Date.UTC(1990, 1, 28)),
        ge: 'Female',
        ct: 'Zürich',
        st: 'Zürich',
        zp: '8001',
        country: 'CHE',
        external_id: [42, 'A-42'],
        client_ip_address: '81.6.1.2',
        client_user_agent: 'Mozilla/5.0',
        fbp: 'fb.1.1596403881668.1116446470',
        fbc: 'fb.1.1795000000000.AbCdEfGhIjKlMnOpQrStUvWxYz1234567890',
      },
      custom_data: {
        value: '142.52',
        currency: 'chf',
        content_ids: ['a', 2, 3n],
        contents: [{ id: 'a', quantity: 2, item_price: '12.10' }],
        own: { nested: [1, null, 'x', new Date(NOW_MS)] },
      },
    },
  },
]
