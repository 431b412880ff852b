import { sha256 } from '@capi/core'
import { expect } from 'vitest'
import { levelReached } from '../../src/app-event.ts'
import { stageReached } from '../../src/crm-lead.ts'
import { clicked } from '../../src/fire-and-forget.ts'
import { quizFinished } from '../../src/own-event-with-an-interface.ts'
import { refunded } from '../../src/refund-as-custom-event.ts'
import { report } from '../../src/rows-of-a-database.ts'
import { welcome } from '../../src/scope-of-a-customer.ts'
import { backfill } from '../../src/shopify-order.ts'
import { soldAtTheTill } from '../../src/store-sale.ts'
import { paid } from '../../src/stripe-session.ts'
import { renewed } from '../../src/subscription-renewal.ts'
import { sold } from '../../src/types-for-own-functions.ts'
import { upload } from '../../src/upload-store-sales.ts'
import { boughtInChat } from '../../src/whatsapp-purchase.ts'
import { received } from '../desk.ts'
import type { Table } from './task.ts'

const EMAIL = 'anna.muster@example.com'
const DAY_MS = 86_400_000

/** Tasks by what is reported, and where it happened. */
export const CHANNEL_TASKS: Table = {
  'crm-lead': async ({ capi, emulator }) => {
    await stageReached(capi, { metaLeadId: '1234567890123456', email: null, stage: 'Qualified' })
    await capi.close()
    expect(emulator.events()[0]?.payload).toMatchObject({
      event_name: 'Qualified',
      user_data: { lead_id: '1234567890123456' },
      custom_data: { event_source: 'crm', lead_event_source: 'HubSpot' },
    })
  },

  'app-event': async ({ capi, emulator }) => {
    await levelReached(capi, { adId: '38400000-8cf0-11bd-b23e-10b96e40000d', level: 3 })
    await capi.close()
    expect(received(emulator)).toMatchObject([{ event_name: 'LevelReached', status: 'processed' }])
  },

  'store-sale': async ({ capi, emulator }) => {
    await soldAtTheTill(capi, new Date(Date.now() - 30 * DAY_MS))
    await capi.close()
    expect(emulator.events()[0]).toMatchObject({
      status: 'processed',
      payload: { user_data: { ph: [sha256('41791234567')] } },
    })
  },

  'whatsapp-purchase': async ({ capi, emulator }) => {
    await boughtInChat(
      capi,
      'ARAkLkA8rmlFeiCktEJQ-QTwRiyYHAFDLMNDBH0CD3qpjd0HR4irJ6LEkR7JwFF4XvnO2E4Nx0',
    )
    await capi.close()
    expect(received(emulator)).toMatchObject([{ event_name: 'Purchase', status: 'processed' }])
  },

  'subscription-renewal': async ({ capi, emulator }) => {
    const subscriber = { id: 9_007_199_254_740_993n, email: EMAIL }
    await renewed(capi, subscriber)
    await renewed(capi, subscriber)
    await capi.close()
    expect(received(emulator)).toEqual([
      {
        event_name: 'Subscribe',
        event_id: 'renewal.9007199254740993.2026-11',
        status: 'processed',
      },
    ])
  },

  'refund-as-custom-event': async ({ capi, emulator }) => {
    await refunded(capi, 1001, EMAIL)
    await capi.close()
    expect(emulator.events()[0]).toMatchObject({
      event_id: 'refund.1001',
      payload: { custom_data: { reason: 'broken' } },
    })
  },

  'stripe-session': async ({ capi, emulator }) => {
    const session = {
      id: 'cs_test_1',
      created: Math.floor(Date.now() / 1000) - 60,
      amount_total: 1250,
      currency: 'eur',
      customer_details: { email: EMAIL, phone: null, name: 'Anna Muster', address: null },
    }
    await paid(capi, session)
    await capi.close()
    expect(emulator.events()[0]?.payload).toMatchObject({
      event_id: 'cs_test_1',
      event_time: session.created,
      custom_data: { value: 12.5, currency: 'EUR' },
      user_data: { em: [sha256(EMAIL)] },
    })
  },

  'rows-of-a-database': async ({ capi, emulator }) => {
    const row = { id: 42n, total: '12.50', currency: 'eur', email: EMAIL, phone: null, city: null }
    const receipt = await report(capi, { ...row, zip: '8004', born: new Date('1990-05-17') })
    expect(receipt).toEqual({ event_id: '42', outcome: 'accepted', issues: [] })
    await capi.close()
    expect(emulator.events()[0]?.payload).toMatchObject({
      custom_data: { value: 12.5, currency: 'EUR', order_id: '42' },
      user_data: { db: [sha256('19900517')], zp: [sha256('8004')] },
    })
  },

  'upload-store-sales': async ({ capi, emulator }) => {
    const sales = Array.from({ length: 1500 }, (_, index) => ({
      receipt: `till.${index}`,
      soldAt: new Date(Date.now() - 20 * DAY_MS).toISOString(),
      total: '19.90',
      email: `customer${index}@example.com`,
    }))
    expect((await upload(capi, sales)).length).toBe(0)
    const batches = new Set(emulator.events().map(({ call }) => call))
    expect(emulator.events()).toHaveLength(500) // the newest, which is what an emulator keeps
    expect(emulator.events()[0]).toMatchObject({ upload_tag: 'stores-2026-11', call: 2 })
    expect(batches.size).toBe(1)
    emulator.fail({ preset: 'outage' })
    expect(await upload(capi, sales.slice(0, 3))).toHaveLength(3)
  },

  'shopify-order': async ({ capi, emulator }) => {
    const order = {
      admin_graphql_api_id: 'gid://shopify/Order/6000000001001',
      source_name: 'web',
      financial_status: 'paid',
      processed_at: new Date(Date.now() - DAY_MS).toISOString(),
      email: EMAIL,
      currency: 'CHF',
      total_price: '24.00',
      client_details: { browser_ip: '203.0.113.7', user_agent: 'Mozilla/5.0' },
    }
    const test = { ...order, test: true }
    const { events_received, receipts } = await backfill(capi, [order, test])
    expect(events_received).toBe(1)
    expect(receipts).toMatchObject([{ outcome: 'delivered' }])
    expect(received(emulator)).toMatchObject([{ event_id: 'shopify.order.6000000001001' }])
  },

  'scope-of-a-customer': async ({ capi, emulator }) => {
    await welcome(capi)
    await capi.close()
    const people = emulator.events().map(({ payload }) => payload['user_data'])
    expect(people).toHaveLength(2)
    expect(people[0]).toEqual({ external_id: [sha256('7')], em: [sha256(EMAIL)] })
    expect(people[1]).toEqual(people[0])
  },

  'fire-and-forget': async ({ capi, emulator }) => {
    expect(clicked(capi, 7)).toBe('ok')
    await capi.close()
    expect(received(emulator)).toMatchObject([{ event_name: 'Contact' }])
  },

  'own-event-with-an-interface': async ({ capi, emulator }) => {
    await quizFinished(capi, { score: 3, level: 'b1' }, 7)
    await capi.close()
    expect(emulator.events()[0]?.payload['custom_data']).toEqual({ score: 3, level: 'b1' })
  },

  'types-for-own-functions': async ({ capi, emulator }) => {
    const lines = [{ sku: 'mug', count: 2, price: 6.25 }]
    await sold(capi, { lines, currency: 'EUR' }, { em: EMAIL, external_id: [7, 8] })
    await capi.close()
    expect(emulator.events()[1]?.payload['custom_data']).toEqual({
      value: 12.5,
      currency: 'EUR',
      contents: [{ id: 'mug', quantity: 2, item_price: 6.25 }],
      content_type: 'product',
    })
  },
}
