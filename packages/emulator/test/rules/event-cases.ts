import { event, HASH, NOW_SEC, purchase } from '../support.ts'
import { CHANNEL_CASES } from './channel-cases.ts'
import type { Case } from './rule-case.ts'

const DAY = 86_400
const iso = (aheadSec: number) => new Date((NOW_SEC + aheadSec) * 1000).toISOString()
const contents = (value: unknown) => event({ custom_data: { contents: value } })
const person = (user_data: unknown) => event({ user_data })

export const EVENT_CASES: readonly Case[] = [
  {
    rule: 'event_key_unknown',
    subcode: 2804019,
    pairs: [
      [
        event({ advertiser_tracking_enabled: true }),
        event({ app_data: { advertiser_tracking_enabled: true } }),
      ],
      [event({ extinfo: [] }), event({ opt_out: true })],
      [event({ Event_id: 'a' }), event({ event_id: 'a' })],
    ],
  },
  {
    rule: 'event_key_type',
    subcode: 2804019,
    pairs: [
      [event({ custom_data: '{}' }), event({ custom_data: {} })],
      [event({ custom_data: ['a'] }), event({ custom_data: [] })],
      [event({ app_data: 1 }), event({ app_data: null })],
      [event({ original_event_data: 'a' }), event({ original_event_data: {} })],
      [event({ attribution_data: 'a' }), event({ attribution_data: {} })],
      [event({ data_processing_options: 'LDU' }), event({ data_processing_options: ['LDU'] })],
      [
        event({ data_processing_options_country: 'US' }),
        event({ data_processing_options_country: 1 }),
      ],
      [
        event({ data_processing_options_state: 'CA' }),
        event({ data_processing_options_state: '1000' }),
      ],
      [event({ opt_out: 'yes' }), event({ opt_out: false })],
      [event({ event_id: ['a'] }), event({ event_id: 7 })],
      [event({ event_source_url: {} }), event({ event_source_url: 'nonsense' })],
      [event({ referrer_url: [] }), event({ referrer_url: null })],
    ],
  },
  {
    rule: 'event_name_missing',
    subcode: 2804019,
    pairs: [
      [event({ event_name: undefined }), event({ event_name: 'x' })],
      [event({ event_name: '  ' }), event({ event_name: ' x' })],
      [event({ event_name: 7 }), event({ event_name: '7' })],
    ],
  },
  {
    rule: 'event_time_invalid',
    subcode: 2804019,
    pairs: [
      [event({ event_time: undefined }), event()],
      [event({ event_time: NOW_SEC + 0.5 }), event({ event_time: NOW_SEC + 1 })],
      [event({ event_time: `${NOW_SEC}.5` }), event({ event_time: String(NOW_SEC) })],
      [event({ event_time: 'now' }), event({ event_time: iso(0) })],
      [event({ event_time: iso(0).slice(0, 10) }), event({ event_time: iso(0).slice(0, 19) })],
      [
        event({ event_time: '2026-10-32T00:00:00Z' }),
        event({ event_time: '2026-10-31T01:30:00+0130' }),
      ],
      [event({ event_time: [NOW_SEC] }), event({ event_time: '2026-10-31 23:59:59' })],
    ],
  },
  {
    rule: 'event_time_too_old',
    subcode: 2804003,
    pairs: [
      [event({ event_time: NOW_SEC - 7 * DAY - 1 }), event({ event_time: NOW_SEC - 7 * DAY })],
      [event({ event_time: iso(-7 * DAY - 1) }), event({ event_time: iso(-7 * DAY) })],
      [event({ event_time: '1631210063' }), event({ event_time: `${NOW_SEC - 7 * DAY}` })],
      [
        event({ action_source: 'physical_store', event_time: NOW_SEC - 62 * DAY - 1 }),
        event({ action_source: 'physical_store', event_time: NOW_SEC - 62 * DAY }),
      ],
    ],
  },
  {
    rule: 'event_time_ahead',
    subcode: 2804004,
    pairs: [
      [event({ event_time: NOW_SEC + 301 }), event({ event_time: NOW_SEC + 300 })],
      [event({ event_time: NOW_SEC * 1000 }), event({ event_time: NOW_SEC })],
      [event({ event_time: iso(3 * 3600) }), event({ event_time: iso(60) })],
    ],
  },
  {
    rule: 'action_source_invalid',
    subcode: 2804019,
    pairs: [
      [event({ action_source: undefined }), event({ action_source: 'other' })],
      [event({ action_source: 'web' }), event({ action_source: 'website' })],
    ],
  },
  {
    rule: 'user_data_missing',
    subcode: 2804019,
    pairs: [
      [person(undefined), event()],
      [person([]), event()],
    ],
  },
  {
    rule: 'contents_not_list',
    subcode: 2804019,
    pairs: [
      [contents('[{"id":"a"}]'), contents([{ id: 'a' }])],
      [contents({ id: 'a' }), contents([])],
    ],
  },
  {
    rule: 'contents_invalid',
    subcode: 2804008,
    pairs: [
      [contents(['a']), contents([{ id: 'a' }])],
      [contents([{ id: 'a' }, null]), contents(null)],
    ],
  },
  {
    rule: 'content_id_missing',
    subcode: 2804019,
    pairs: [
      [contents([{ quantity: 1 }]), contents([{ id: 1 }])],
      [contents([{ id: 'a' }, { id: '' }]), contents([{ id: 'a' }, { id: '0' }])],
    ],
  },
  {
    rule: 'content_ids_not_list',
    subcode: 2804019,
    pairs: [
      [
        event({ custom_data: { content_ids: 'a' } }),
        event({ custom_data: { content_ids: ['a'] } }),
      ],
    ],
  },
  {
    rule: 'purchase_value_missing',
    subcode: 2804009,
    pairs: [
      [purchase({ currency: 'EUR' }), purchase({ value: 0, currency: 'EUR' })],
      [purchase({ value: '', currency: 'EUR' }), purchase({ value: '142.52', currency: 'EUR' })],
      [purchase({ value: true, currency: 'EUR' }), purchase({ value: '1,5', currency: 'EUR' })],
      [event({ event_name: 'Purchase' }), event({ event_name: 'Lead' })],
    ],
  },
  {
    rule: 'purchase_currency_missing',
    subcode: 2804010,
    pairs: [
      [purchase({ value: 1 }), purchase({ value: 1, currency: 'eur' })],
      [purchase({ value: 1, currency: 978 }), purchase({ value: 1, currency: 'XYZ' })],
    ],
  },
  {
    rule: 'value_currency_missing',
    subcode: 2804023,
    pairs: [
      [event({ custom_data: { value: 1 } }), event({ custom_data: { value: 1, currency: 'EUR' } })],
      [event({ custom_data: { value: '0', currency: '' } }), event({ custom_data: { value: '' } })],
      [event({ custom_data: { value: 0, currency: null } }), event({ custom_data: {} })],
    ],
  },
  ...CHANNEL_CASES,
  {
    rule: 'user_data_not_hashed',
    subcode: 2804016,
    pairs: [
      [person({ em: 'jane@example.com' }), person({ em: HASH.toUpperCase() })],
      [person({ ph: [HASH, '16505551212'] }), person({ ph: [HASH, `${HASH}.AQQCAQIB`] })],
      [person({ em: `${HASH}.AQQ` }), person({ em: `${HASH}.AQ` })],
      [person({ em: HASH.slice(0, 31) }), person({ em: HASH.slice(0, 32) })],
      [person({ fbp: 'fb.1.1.1', ge: 'f' }), person({ fbp: 'fb.1.1.1', external_id: 'raw-1' })],
    ],
  },
  {
    rule: 'fbc_malformed',
    subcode: 2804001,
    pairs: [
      [person({ fbc: 'fb.1.1697698245670' }), person({ fbc: 'fb.1.1697698245670.IwAR0a' })],
      [person({ fbc: 'fb.1.1697698245670.' }), person({ fbp: 'fb.1.1.1', fbc: '' })],
      [
        person({ fbc: 'fb.1.1697698245670.fb.1.1697698245670.IwAR0a' }),
        person({ fbc: 'fb.1.1697698245670.IwAR0a.AQQBAQAB' }),
      ],
      [person({ fbc: 'fb.1.1697698245670.Iw%2BAR' }), person({ fbc: 'fb.1.1697698245670.Iw-A_R' })],
      [person({ fbc: 'fb.1.1697698245670.Iw AR' }), person({ fbc: 'fb.2.1697698245.IwAR' })],
      [person({ fbc: 'IwAR0abc' }), person({ fbp: 'nonsense' })],
      [person({ fbc: HASH }), person({ external_id: HASH })],
      [person({ fbc: ['fb.1.1697698245670.IwAR'] }), person({ fbp: 'fb.1.1.1', fbc: null })],
    ],
  },
  {
    rule: 'lead_id_invalid',
    subcode: 2804036,
    pairs: [
      [person({ lead_id: HASH }), person({ lead_id: '1234567890123456' })],
      [person({ lead_id: ['1234567890123456'] }), person({ fbp: 'a', lead_id: null })],
      [person({ lead_id: '12345678901234' }), person({ lead_id: 123456789012345 })],
      [person({ lead_id: '123456789012345678' }), person({ lead_id: '12345678901234567' })],
    ],
  },
  {
    rule: 'identity_too_thin',
    subcode: 2804050,
    pairs: [
      [person({}), person({ client_ip_address: '203.0.113.9' })],
      [person({ client_user_agent: 'M' }), person({ client_user_agent: 'M', fbp: 'fb.1.1.1' })],
      [person({ fn: HASH, ge: HASH }), person({ fn: HASH, ln: HASH })],
      [person({ ln: HASH, ge: HASH }), person({ ln: HASH, db: HASH })],
      [person({ db: HASH, client_user_agent: 'M' }), person({ db: HASH, ge: HASH })],
      [person({ ct: HASH, country: HASH, zp: HASH }), person({ ct: HASH, db: HASH })],
      [person({ em: '', ph: [] }), person({ em: '', ph: [HASH] })],
      [person({ email: HASH }), person({ email: 'a', em: HASH })],
    ],
  },
]
