import { createHash } from 'node:crypto'
import { HASH, NOW_SEC, now } from '../support.ts'
import { custom, type IssueCase, VALUE_CASES } from './event-value-cases.ts'

type Json = Record<string, unknown>

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const MIXED = 'IwAR0aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789_-abcde'
const DAY_MS = 86_400_000
const fbc = (clickId: string, timeMs: number | string = now() - 1234) => `fb.1.${timeMs}.${clickId}`

const user = (userData: Json, changes: Json = {}): Json => ({
  user_data: { client_user_agent: 'Mozilla/5.0', ...userData },
  ...changes,
})

/** What triggers a rule, and the nearest that does not. */
export const CASES: readonly IssueCase[] = [
  ['match_key_invalid', 'user_data.em', user({ em: '' }), user({ em: HASH })],
  ['match_key_invalid', 'user_data.em', user({ em: [] }), user({ em: [HASH] })],
  ['match_key_invalid', 'user_data.ph', user({ ph: null }), user({})],
  ['match_key_invalid', 'user_data.em', user({ em: sha256('') }), user({ em: sha256(' ') })],
  [
    'match_key_invalid',
    'user_data.em',
    user({ em: sha256('undefined') }),
    user({ em: sha256('und') }),
  ],
  [
    'match_key_invalid',
    'user_data.em',
    user({ em: sha256('test@test.com') }),
    user({ em: sha256('test@test.co') }),
  ],
  [
    'match_key_invalid',
    'user_data.external_id',
    user({ external_id: sha256('null') }),
    user({ external_id: 'null-1' }),
  ],
  [
    'match_key_invalid',
    'user_data.em',
    user({ em: HASH.slice(0, 63) }),
    user({ em: `${HASH}.AQQAAQEA` }),
  ],
  [
    'match_key_invalid',
    'user_data.em',
    user({ em: [HASH, HASH.slice(32)] }),
    user({ em: [HASH, HASH] }),
  ],
  [
    'match_key_invalid',
    'user_data.client_ip_address',
    user({ client_ip_address: sha256('1.2.3.4') }),
    user({ client_ip_address: '1.2.3.4' }),
  ],
  [
    'match_key_invalid',
    'user_data.client_user_agent',
    { user_data: { client_user_agent: HASH } },
    user({}),
  ],
  [
    'match_key_invalid',
    'user_data.client_ip_address',
    user({ client_ip_address: '1.2.3.4:80' }),
    user({ client_ip_address: '8.8.8.8.AQQAAQAA' }),
  ],
  [
    'match_key_invalid',
    'user_data.client_ip_address',
    user({ client_ip_address: 'fe80::1%eth0' }),
    user({ client_ip_address: '2001:db8::1' }),
  ],
  [
    'match_key_invalid',
    'user_data.client_ip_address',
    user({ client_ip_address: '999.1.1.1' }),
    user({ client_ip_address: '99.1.1.1' }),
  ],
  [
    'match_key_invalid',
    'user_data.fbp',
    user({ fbp: 'fb.1.abc.111' }),
    user({ fbp: 'fb.1.1596403881668.1116446470' }),
  ],
  [
    'match_key_invalid',
    'user_data.fbp',
    user({ fbp: 'fb.1.1596403881668.x' }),
    user({ fbp: 'fb.2.1596403881668.1116446470.AQQAAQAB' }),
  ],
  [
    'match_key_invalid',
    'user_data.fbc',
    user({ fbc: `fb.1.${now()}.` }),
    user({ fbc: fbc('AbC.AQQBAQAB') }),
  ],
  ['match_key_unknown', 'user_data.emial', user({ emial: HASH }), user({ em: HASH })],
  ['match_key_unknown', 'user_data.email', user({ email: HASH }), user({ partner_id: 'p' })],
  ['match_key_unknown', 'user_data.EM', user({ EM: HASH }), user({ lead_id: '123456789012345' })],
  ['match_key_uppercase', 'user_data.em', user({ em: HASH.toUpperCase() }), user({ em: HASH })],
  ['customer_data_unhashed', 'user_data.fn', user({ fn: 'jane' }), user({ fn: sha256('jane') })],
  [
    'client_ip_shared',
    'user_data.client_ip_address',
    user({ client_ip_address: '10.1.2.3' }),
    user({ client_ip_address: '11.1.2.3' }),
  ],
  [
    'client_ip_shared',
    'user_data.client_ip_address',
    user({ client_ip_address: '::1' }),
    user({ client_ip_address: '2003::1' }),
  ],
  [
    'client_ip_shared',
    'user_data.client_ip_address',
    user({ client_ip_address: '172.31.255.255' }),
    user({ client_ip_address: '172.32.0.0' }),
  ],
  // What is normal on one's own machine is no finding of the shared kind, and the other way about.
  ...(
    [
      'http://localhost:3000/',
      'http://127.0.0.1/',
      'http://[::1]:3000/',
      'http://192.168.1.5/',
      'https://shop.test/',
    ] as const
  ).flatMap(
    (event_source_url) =>
      [
        [
          'client_ip_local',
          'user_data.client_ip_address',
          user({ client_ip_address: '127.0.0.1' }, { event_source_url }),
          user({ client_ip_address: '127.0.0.1' }),
        ],
        [
          'client_ip_shared',
          'user_data.client_ip_address',
          user({ client_ip_address: '::1' }),
          user({ client_ip_address: '::1' }, { event_source_url }),
        ],
      ] as const,
  ),
  [
    'client_ip_shared',
    'user_data.client_ip_address',
    user({ client_ip_address: '127.0.0.1' }, { event_source_url: 'https://localhost.example/' }),
    user({ client_ip_address: '127.0.0.1' }, { event_source_url: 'https://shop.localhost/' }),
  ],
  [
    'fbc_modified',
    'user_data.fbc',
    user({ fbc: fbc(MIXED.toLowerCase()) }),
    user({ fbc: fbc(MIXED) }),
  ],
  [
    'fbc_modified',
    'user_data.fbc',
    user({ fbc: fbc('a'.repeat(41)) }),
    user({ fbc: fbc('a'.repeat(40)) }),
  ],
  ['fbc_modified', 'user_data.fbc', user({ fbc: fbc('Ab c') }), user({ fbc: fbc('Ab-c') })],
  [
    'fbc_modified',
    'user_data.fbc',
    user({ fbc: fbc('AbC', NOW_SEC) }),
    user({ fbc: fbc('AbC', NOW_SEC * 1000 + 1) }),
  ],
  [
    'fbc_modified',
    'user_data.fbc',
    user({ fbc: fbc('AbC', NOW_SEC * 1000) }),
    user({ fbc: fbc('AbC', NOW_SEC * 1000 - 1) }),
  ],
  [
    'fbc_expired',
    'user_data.fbc',
    user({ fbc: fbc('AbC', now() - 90 * DAY_MS - 1) }),
    user({ fbc: fbc('AbC', now() - 90 * DAY_MS) }),
  ],
  [
    'fbc_modified',
    'user_data.fbc',
    user({ fbc: fbc('abc') }, { event_source_url: 'https://shop.example/?a=1&fbclid=AbC#x' }),
    user({ fbc: fbc('AbC') }, { event_source_url: 'https://shop.example/?a=1&fbclid=AbC#x' }),
  ],
  [
    'fbc_modified',
    'user_data.fbc',
    user({ fbc: fbc('A-b') }, { event_source_url: 'https://shop.example/?fbclid=A%2Db' }),
    user({ fbc: fbc('A%2Db') }, { event_source_url: 'https://shop.example/?fbclid=A%2Db' }),
  ],
  [
    'fbc_modified',
    'user_data.fbc',
    user({ fbc: fbc('AbC', NOW_SEC * 1000) }, { event_time: String(NOW_SEC) }),
    user({ fbc: fbc('AbC', NOW_SEC * 1000 - 1) }, { event_time: String(NOW_SEC) }),
  ],
  ['event_time_text', 'event_time', { event_time: String(NOW_SEC) }, { event_time: NOW_SEC }],
  ['event_time_text', 'event_time', { event_time: '2026-11-01T00:00:00.000Z' }, {}],
  [
    'event_time_milliseconds',
    'event_time',
    { event_time: NOW_SEC * 1000 },
    { event_time: NOW_SEC },
  ],
  [
    'event_time_future',
    'event_time',
    { event_time: String(NOW_SEC + 61) },
    { event_time: String(NOW_SEC + 60) },
  ],
  ['event_time_future', 'event_time', { event_time: NOW_SEC + 61 }, { event_time: NOW_SEC + 60 }],
  [
    'user_agent_missing',
    'user_data.client_user_agent',
    { user_data: { em: HASH } },
    { user_data: { em: HASH }, action_source: 'chat' },
  ],
  [
    'source_url_missing',
    'event_source_url',
    { event_source_url: 'shop.example' },
    { event_source_url: 'http://shop.example' },
  ],
  [
    'source_url_missing',
    'event_source_url',
    { event_source_url: undefined },
    { event_source_url: undefined, action_source: 'app' },
  ],
  ...VALUE_CASES,
  [
    'personal_data',
    'custom_data.note',
    custom({ note: 'call jane@example.com' }),
    custom({ note: 'call jane at example.com' }),
  ],
  [
    'personal_data',
    'custom_data.note',
    custom({ note: '+49 171 1234567' }),
    custom({ note: '491711234567' }),
  ],
  [
    'personal_data',
    'custom_data.firstName',
    custom({ firstName: 'Jane' }),
    custom({ content_name: 'Jane' }),
  ],
  [
    'personal_data',
    'custom_data.deep[].e-mail'.replace('e-mail', '…'),
    custom({ deep: [{ 'e-mail': 'x' }] }),
    custom({ deep: [{ mailing: 'x' }] }),
  ],
  [
    'personal_data',
    'event_source_url',
    { event_source_url: 'https://shop.example/thanks?mail=jane%40example.com' },
    { event_source_url: 'https://shop.example/thanks?order=1' },
  ],
  [
    'personal_data',
    'referrer_url',
    { referrer_url: 'https://a.example/?phone=1' },
    { referrer_url: 'https://a.example/?phone=' },
  ],
]
