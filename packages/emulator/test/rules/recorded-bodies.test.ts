import { describe, expect, it } from 'vitest'
import { createEmulator } from '../../src/index.ts'
import { HASH, NOW_SEC, now, post } from '../support.ts'

/**
 * The shapes that Segment's destination sends: one event a call, hashes as single texts, keys of partners in
 * user_data, `event_time` as the digits or the ISO text it was given, `madid` in app_data.
 * Source: segmentio/action-destinations, facebook-conversions-api and its tests, read 2026-11.
 */
const BODIES = [
  [
    'digits in text, with the keys of a partner',
    {
      event_name: 'Purchase',
      event_time: String(NOW_SEC),
      action_source: 'email',
      user_data: { em: HASH, partner_id: 'faf12e=', partner_name: 'liveramp' },
      custom_data: {
        currency: 'USD',
        value: 12.12,
        content_ids: ['A', 'B'],
        content_name: 'Shoes',
        content_type: 'product',
        contents: [
          { id: 'A', quantity: 2 },
          { id: 'B', quantity: 3 },
        ],
        num_items: 2,
      },
    },
  ],
  [
    'ISO text with milliseconds, on a website',
    {
      event_name: 'AddToCart',
      event_time: new Date(NOW_SEC * 1000 - 1234).toISOString(),
      action_source: 'website',
      event_source_url: 'https://shop.example/academy/',
      event_id: '022bb90c-bbac-11e4-8dfc-aa07a5b093db',
      user_data: {
        external_id: [HASH],
        client_ip_address: '8.8.8.8',
        client_user_agent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 9_1 like Mac OS X)',
      },
      custom_data: {
        currency: 'USD',
        value: 12.12,
        contents: [{ id: '1', quantity: 1, item_price: 100 }],
      },
      data_processing_options: ['LDU'],
      data_processing_options_country: 0,
      data_processing_options_state: 0,
    },
  ],
  [
    'an app event',
    {
      event_name: 'CompleteRegistration',
      event_time: new Date(NOW_SEC * 1000).toISOString(),
      action_source: 'app',
      user_data: { em: HASH, ph: HASH, madid: '38400000-8cf0-11bd-b23e-10b96e40000d' },
      custom_data: {},
      app_data: {
        advertiser_tracking_enabled: 0,
        application_tracking_enabled: 1,
        madid: '38400000-8cf0-11bd-b23e-10b96e40000d',
        extinfo: [
          'i2',
          'com.shop',
          '1.0',
          '1.0 long',
          '13.4.1',
          'iPhone5,1',
          'en_US',
          ...Array(9).fill(''),
        ],
      },
    },
  ],
] as const

describe('bodies as a large customer data platform sends them', () => {
  it.each(BODIES)('pass with a low diagnostic about the time: %s', async (_shape, event) => {
    const emulator = createEmulator({ now })
    const response = await post(emulator, { data: [event], test_event_code: 'TEST1' })
    expect(response.status).toBe(200)
    const [kept] = emulator.events()
    expect(kept?.status).toBe('processed')
    expect(kept?.issues?.filter(({ path }) => path === 'event_time')).toMatchObject([
      { rule: 'event_time_text', severity: 'low' },
    ])
    expect(emulator.quality()[0]?.freshness.mean_delay_sec).toBeLessThan(3)
  })
})
