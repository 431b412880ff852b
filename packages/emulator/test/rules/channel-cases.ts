import { event, HASH, NOW_SEC } from '../support.ts'
import type { Case, Json } from './rule-case.ts'

const DAY = 86_400

const EXTINFO = ['i2', '', '', '', '13.4.1', ...Array.from({ length: 11 }, () => '')]
const app = (app_data: unknown) => event({ action_source: 'app', app_data })
const device = (extinfo: unknown) => app({ advertiser_tracking_enabled: 0, extinfo })
const slot = (index: number, value: unknown) => EXTINFO.with(index, value as string)

const MESSENGER = { page_id: '1', page_scoped_user_id: '2' }
const WHATSAPP = { whatsapp_business_account_id: '1', ctwa_clid: 'a' }
const INSTAGRAM = { ig_account_id: '1', ig_sid: '2' }
const talk = (messaging_channel: unknown, user_data: Json, more: Json = {}) =>
  event({
    event_name: 'AddToCart',
    action_source: 'business_messaging',
    messaging_channel,
    user_data,
    ...more,
  })
const onMessenger = (more: Json, userData: Json = {}) =>
  talk('messenger', { ...MESSENGER, ...userData }, more)

const ORIGINAL = { event_name: 'Purchase', event_time: NOW_SEC - DAY }
const SHARE = { ad_id: '1', touchpoint_ts: NOW_SEC, attribution_share: 1, attribution_value: 9 }
const append = (more: Json = {}) =>
  event({
    event_name: 'AppendAttribution',
    original_event_data: ORIGINAL,
    attribution_data: SHARE,
    custom_data: { currency: 'EUR' },
    ...more,
  })

/** Pairs for the rules of app events, conversations and attributions. */
export const CHANNEL_CASES: readonly Case[] = [
  {
    rule: 'advertiser_tracking_missing',
    pairs: [
      [app(undefined), event({ action_source: 'website' })],
      [app({ extinfo: EXTINFO }), app({ advertiser_tracking_enabled: false, extinfo: EXTINFO })],
    ],
  },
  {
    rule: 'extinfo_invalid',
    subcode: 2804043,
    pairs: [
      [device(undefined), device(EXTINFO)],
      [device(Object.fromEntries(EXTINFO.entries())), device(EXTINFO)],
      [device(EXTINFO.slice(1)), device(EXTINFO)],
      [device(slot(0, 'i1')), device(slot(0, 'a2'))],
      [device(slot(4, '')), device(slot(4, '14'))],
    ],
  },
  {
    rule: 'messaging_channel_missing',
    subcode: 2804063,
    pairs: [
      [talk(undefined, MESSENGER), talk('messenger', MESSENGER)],
      [talk('telegram', MESSENGER), talk('whatsapp', WHATSAPP)],
    ],
  },
  {
    rule: 'messaging_event_name',
    subcode: 2804066,
    pairs: [
      [onMessenger({ event_name: 'Lead' }), onMessenger({ event_name: 'LeadSubmitted' })],
      [onMessenger({ event_name: 'Confirmed' }), onMessenger({ event_name: 'OrderShipped' })],
    ],
  },
  {
    rule: 'messaging_key_refused',
    subcode: 2804064,
    pairs: [
      [onMessenger({}, { client_ip_address: '203.0.113.9' }), onMessenger({}, { em: HASH })],
      [onMessenger({}, { client_user_agent: 'M' }), onMessenger({}, { client_user_agent: '' })],
      [onMessenger({}, { fbc: 'fb.1.1.a' }), onMessenger({}, { external_id: 'a' })],
      [onMessenger({}, { fbp: 'fb.1.1.1' }), onMessenger({})],
      [onMessenger({ event_source_url: 'https://s.example/' }), onMessenger({ event_id: 'a' })],
    ],
  },
  {
    rule: 'messaging_page_missing',
    subcode: 2804069,
    pairs: [[talk('messenger', { page_scoped_user_id: '2' }), talk('messenger', MESSENGER)]],
  },
  {
    rule: 'messaging_account_missing',
    subcode: 2804116,
    pairs: [
      [talk('whatsapp', { ctwa_clid: 'a' }), talk('whatsapp', { ctwa_clid: 'a', page_id: '1' })],
    ],
  },
  {
    rule: 'messaging_user_missing',
    pairs: [[talk('messenger', { page_id: '1' }), talk('messenger', MESSENGER)]],
  },
  {
    rule: 'messaging_click_missing',
    subcode: 2804071,
    pairs: [[talk('whatsapp', { page_id: '1' }), talk('whatsapp', WHATSAPP)]],
  },
  {
    rule: 'instagram_user_missing',
    subcode: 2804075,
    pairs: [[talk('instagram', { ig_account_id: '1' }), talk('instagram', INSTAGRAM)]],
  },
  {
    rule: 'instagram_account_missing',
    subcode: 2804079,
    pairs: [
      [
        talk('instagram', { instagram_business_account_id: '1', ig_sid: '2' }),
        talk('instagram', INSTAGRAM),
      ],
    ],
  },
  {
    rule: 'order_currency_missing',
    subcode: 2804081,
    pairs: [
      [
        onMessenger({ event_name: 'OrderCreated' }),
        onMessenger({ event_name: 'OrderCreated', custom_data: { currency: 'EUR' } }),
      ],
      [
        onMessenger({ event_name: 'OrderCreated', custom_data: { value: 1 } }),
        event({ event_name: 'OrderCreated' }),
      ],
    ],
  },
  {
    rule: 'attribution_incomplete',
    subcode: 2804019,
    pairs: [
      [append({ original_event_data: { event_time: NOW_SEC } }), append()],
      [append({ original_event_data: { event_name: 'Purchase' } }), append()],
      ...Object.keys(SHARE).map(
        (key) => [append({ attribution_data: { ...SHARE, [key]: undefined } }), append()] as const,
      ),
      [append({ custom_data: {} }), append()],
    ],
  },
  {
    rule: 'attribution_too_late',
    pairs: [
      [
        append({ original_event_data: { ...ORIGINAL, event_time: NOW_SEC - 2 * DAY } }),
        append({ original_event_data: { ...ORIGINAL, event_time: NOW_SEC - 2 * DAY + 1 } }),
      ],
    ],
  },
]
