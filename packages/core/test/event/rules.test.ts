import { describe, expect, it } from 'vitest'
import { buildEvent } from '../../src/index.ts'
import { app, app_data, build, custom, extinfo, hash, lead, now, user } from './samples.ts'

const purchase = { ...lead, event_name: 'Purchase', custom_data: { value: 1, currency: 'EUR' } }
const messaging = { event_name: 'LeadSubmitted', action_source: 'business_messaging' }
const messenger = {
  ...messaging,
  messaging_channel: 'messenger',
  user_data: { page_id: '1', page_scoped_user_id: '2' },
}
const append = {
  ...purchase,
  event_name: 'AppendAttribution',
  original_event_data: { event_name: 'Purchase', event_time: now / 1000 },
  attribution_data: { ad_id: '1', touchpoint_ts: 1, attribution_share: 0.5, attribution_value: 1 },
}

it.each([
  ['lead', lead],
  ['purchase', purchase],
  ['app', app],
  ['messenger', messenger],
  ['append', append],
  [
    'CRM',
    {
      event_name: 'Qualified',
      action_source: 'system_generated',
      user_data: { lead_id: '1234567890123456' },
      custom_data: { event_source: 'crm', lead_event_source: 'Acme' },
    },
  ],
  [
    'store',
    {
      event_name: 'Purchase',
      action_source: 'physical_store',
      user_data: { em: hash },
      custom_data: {
        value: 1,
        currency: 'EUR',
        order_id: 'a',
        item_number: 1,
        store_data: { store_code: '7' },
      },
    },
  ],
])('finds nothing wrong with a good %s event', (_name, input) => {
  const { event, found } = build(input)
  expect(found).toEqual([])
  expect(event).toBeDefined()
})

describe('refuses what Meta refuses', () => {
  it.each<[string, unknown, string]>([
    [
      'Purchase without value',
      { ...purchase, custom_data: { currency: 'EUR' } },
      'custom_data.value:value_missing',
    ],
    [
      'Purchase with a value of words',
      { ...purchase, custom_data: { value: 'twelve', currency: 'EUR' } },
      'custom_data.value:value_missing',
    ],
    [
      'Purchase without currency',
      { ...purchase, custom_data: { value: 1 } },
      'custom_data.currency:currency_missing',
    ],
    [
      'Purchase in $',
      { ...purchase, custom_data: { value: 1, currency: '$' } },
      'custom_data.currency:currency_missing',
    ],
    [
      'Purchase in kr',
      { ...purchase, custom_data: { value: 1, currency: 'kr' } },
      'custom_data.currency:currency_missing',
    ],
    ['app without app_data', { ...app, app_data: undefined }, 'app_data:app_data_missing'],
    [
      'app without tracking flag',
      { ...app, app_data: { extinfo } },
      'app_data.advertiser_tracking_enabled:advertiser_tracking_missing',
    ],
    [
      'app without extinfo',
      { ...app, app_data: { advertiser_tracking_enabled: 0 } },
      'app_data.extinfo:extinfo_missing',
    ],
    [
      'app without OS version',
      { ...app, app_data: { ...app_data, extinfo: { version: 'a2' } } },
      'app_data.extinfo:extinfo_missing',
    ],
    [
      'messaging without channel',
      { ...messenger, messaging_channel: undefined },
      'messaging_channel:messaging_channel_missing',
    ],
    [
      'messaging with an unknown channel',
      { ...messenger, messaging_channel: 'telegram' },
      'messaging_channel:messaging_channel_missing',
    ],
    [
      'messenger without the person',
      { ...messenger, user_data: { page_id: 1 } },
      'user_data:messaging_ids_missing',
    ],
    [
      'whatsapp without the click',
      { ...messaging, messaging_channel: 'whatsapp', user_data: { page_id: 1 } },
      'user_data:messaging_ids_missing',
    ],
    [
      'instagram without account',
      { ...messaging, messaging_channel: 'instagram', user_data: { ig_sid: 1 } },
      'user_data:messaging_ids_missing',
    ],
    [
      'Lead in a conversation',
      { ...messenger, event_name: 'Lead' },
      'event_name:event_name_not_for_messaging',
    ],
    [
      'addition without original',
      { ...append, original_event_data: undefined },
      'original_event_data.event_name:original_event_missing',
    ],
    [
      'addition without attribution',
      { ...append, attribution_data: undefined },
      'attribution_data.ad_id:attribution_missing',
    ],
    [
      'too broad: place and agent',
      {
        ...lead,
        user_data: {
          ct: 'a',
          country: 'DE',
          st: 'b',
          zp: '12345',
          ge: 'f',
          client_user_agent: 'x',
        },
      },
      'user_data:customer_information_missing',
    ],
    [
      'too broad: birth date and agent',
      { ...lead, user_data: { db: '1990-01-01', client_user_agent: 'x' } },
      'user_data:customer_information_missing',
    ],
    [
      'too broad: first name and gender',
      { ...lead, user_data: { fn: 'a', ge: 'f' } },
      'user_data:customer_information_missing',
    ],
  ])('%s', (_name, input, issue) => {
    const { event, found } = build(input)
    expect(found).toContain(issue)
    expect(event).toBeUndefined()
  })

  it('takes first and last name together as a person', () => {
    expect(
      build({ ...lead, user_data: { fn: 'a', ln: 'b', client_user_agent: 'x' } }).event,
    ).toBeDefined()
  })
})

describe('drops the field, says why, and keeps the event', () => {
  it.each<[unknown, string]>([
    [{ ...lead, value: 1 }, 'value:misplaced_key'],
    [{ ...lead, em: 'a@b.co' }, 'em:misplaced_key'],
    [{ ...lead, advertiser_tracking_enabled: 1 }, 'advertiser_tracking_enabled:misplaced_key'],
    [{ ...lead, customer_segmentation: 'x' }, 'customer_segmentation:misplaced_key'],
    [{ ...lead, eventID: 'x' }, 'eventID:misplaced_key'],
    [{ ...lead, advanced_measurement_table: 'x' }, 'advanced_measurement_table:unknown_key'],
    [user({ email: 'a@b.co' }), 'user_data.email:misplaced_key'],
    [user({ value: 1 }), 'user_data.value:misplaced_key'],
    [user({ userAgent: 'x' }), 'user_data.userAgent:misplaced_key'],
    [user({ sha256EmailAddress: 'x' }), 'user_data.sha256EmailAddress:misplaced_key'],
    [user({ postalCode: 'x' }), 'user_data.postalCode:misplaced_key'],
    [user({ _fbc: 'x' }), 'user_data._fbc:misplaced_key'],
    [user({ shoe_size: 42 }), 'user_data.shoe_size:unknown_key'],
    [user({ em: ['undefined', hash] }), 'user_data.em[0]:hash_of_nothing'],
    [
      user({ ph: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' }),
      'user_data.ph:hash_of_nothing',
    ],
    [
      user({ fn: 'eb045d78d273107348b0300c01d29b7552d622abbc6faf81b3ec55359aa9950c' }),
      'user_data.fn:hash_of_nothing',
    ],
    [user({ external_id: {} }), 'user_data.external_id:wrong_type'],
    [user({ ge: 'non-binary' }), 'user_data.ge:not_normalizable'],
    [user({ lead_id: '12' }), 'user_data.lead_id:not_normalizable'],
    [user({ client_ip_address: '192.168.0.7' }), 'user_data.client_ip_address:ip_not_public'],
    [user({ fbp: 'x' }), 'user_data.fbp:not_normalizable'],
    [custom({ em: 'a@b.co' }), 'custom_data.em:misplaced_key'],
    [custom({ event_id: 'x' }), 'custom_data.event_id:misplaced_key'],
    [custom({ email: 'x' }), 'custom_data.email:misplaced_key'],
    [custom({ phoneNumber: '+41 79 123 45 67' }), 'custom_data.phoneNumber:personal_data'],
    [custom({ note: 'write to anna@example.com' }), 'custom_data.note:personal_data'],
    [custom({ search_string: 'anna@example.com' }), 'custom_data.search_string:personal_data'],
    [custom({ deep: { er: ['anna@example.com'] } }), 'custom_data.deep:personal_data'],
    [custom({ value: Number.NaN }), 'custom_data.value:amount_invalid'],
    [custom({ value: '12 apples' }), 'custom_data.value:amount_invalid'],
    [custom({ currency: 'Taler' }), 'custom_data.currency:currency_invalid'],
    [custom({ contents: '[{"id":"a"}]' }), 'custom_data.contents:not_a_list'],
    [custom({ contents: [{ quantity: 1 }] }), 'custom_data.contents[0].id:content_id_missing'],
    [
      custom({
        contents: [
          { id: 'a', quantity: 1 },
          { id: 'b', quantity: -1 },
        ],
      }),
      'custom_data.contents[1].quantity:wrong_type',
    ],
    [custom({ content_ids: 'a' }), 'custom_data.content_ids:not_a_list'],
    [
      custom({ content_ids: ['a', '4.91512E+12'] }),
      'custom_data.content_ids[1]:number_lost_digits',
    ],
    [custom({ content_ids: ['a', {}] }), 'custom_data.content_ids[1]:wrong_type'],
    [custom({ delivery_category: 'drone' }), 'custom_data.delivery_category:not_in_list'],
    [custom([1]), 'custom_data:wrong_type'],
    [{ ...lead, event_source_url: 'shop.example' }, 'event_source_url:url_invalid'],
    [{ ...lead, referrer_url: 'about:blank' }, 'referrer_url:url_invalid'],
    [{ ...lead, app_data: { extinfo: {} } }, 'app_data.extinfo:extinfo_invalid'],
    [
      { ...messenger, user_data: { ...messenger.user_data, fbp: 'fb.1.1596403881668.1' } },
      'user_data.fbp:not_for_messaging',
    ],
    [
      { ...messenger, event_source_url: 'https://s.example/' },
      'event_source_url:not_for_messaging',
    ],
  ])('%j', (input, issue) => {
    const { event, found } = build(input)
    expect(found).toContain(issue)
    expect(event).toBeDefined()
    const path = issue.slice(0, issue.lastIndexOf(':'))
    if (!path.includes('['))
      expect(
        path
          .split('.')
          .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], event),
      ).toBeUndefined()
  })

  it('names the place where a key belongs', () => {
    const { issues } = buildEvent({ ...lead, value: 1 } as never, { nowMs: now })
    expect(issues[0]?.fix).toBe('Pass it as custom_data.value.')
  })
})
