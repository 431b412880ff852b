import { describe, expect, it } from 'vitest'
import type { MappingOptions, ShopifyOrder } from '../../src/index.ts'
import { CART_ATTRIBUTES, orderToPurchase } from '../../src/index.ts'
import { eventOf, FBC, FBP, NOW, SHOP, webOrder } from '../fixtures/orders.ts'

const userData = (order: ShopifyOrder, options: MappingOptions = {}) =>
  eventOf(orderToPurchase(order, { nowMs: NOW, shop: SHOP, ...options })).user_data
const map = (order: ShopifyOrder, options: MappingOptions = {}) =>
  orderToPurchase(order, { nowMs: NOW, shop: SHOP, ...options })
const withAttributes = (
  attributes: Readonly<Record<string, unknown>>,
  changes: ShopifyOrder = {},
) =>
  webOrder({
    note_attributes: Object.entries(attributes).map(([name, value]) => ({ name, value })),
    ...changes,
  })

const STORED = { fbp: 'fb.1.1789400000001.77', fbc: 'fb.1.1789400000001.IwStored' }

describe('fbp and fbc', () => {
  it('come from cart attributes first', () => {
    const order = withAttributes({ [CART_ATTRIBUTES.fbp]: FBP, [CART_ATTRIBUTES.fbc]: FBC })
    expect(userData(order, { identity: STORED })).toMatchObject({ fbp: FBP, fbc: FBC })
  })
  it('then from the identity store', () => {
    expect(userData(webOrder(), { identity: STORED })).toMatchObject(STORED)
  })
  it('then from the landing page; fbp is never made up', () => {
    const found = userData(webOrder())
    expect(found['fbc']).toMatch(/\.IwAR0LandingAbC$/)
    expect(found).not.toHaveProperty('fbp')
  })
  it.each(['_fbp', 'fbp'])('are read under the name %s, too', (name) => {
    expect(userData(withAttributes({ [name]: FBP }))['fbp']).toBe(FBP)
  })
  it.each([
    ['text', 'hello'],
    ['a script', '<script>alert(1)</script>'],
    ['nothing', ''],
    ['an object', { fbp: FBP }],
    ['a wrong form', 'fb.1.abc.def'],
    ['a lot of text', 'fb.1.1789400000000.'.padEnd(5_000, '1')],
  ])('are passed over when the shopper put %s there', (_, value) => {
    const order = withAttributes({ [CART_ATTRIBUTES.fbp]: value, [CART_ATTRIBUTES.fbc]: value })
    expect(userData(order, { identity: STORED })).toMatchObject(STORED)
  })
  it('are checked in the identity store, too', () => {
    const identity = { fbp: 'nonsense', fbc: 'nonsense' }
    const found = userData(webOrder({ landing_site: null }), { identity })
    expect(found).not.toHaveProperty('fbp')
    expect(found).not.toHaveProperty('fbc')
  })
})

describe('consent', () => {
  const asked = (consent: string | null | undefined) =>
    withAttributes({ [CART_ATTRIBUTES.consent]: consent })
  const LDU = {
    data_processing_options: ['LDU'],
    data_processing_options_country: 0,
    data_processing_options_state: 0,
  }
  const NONE = { skipped: 'consent' }

  it('is given where nothing is known', () => {
    expect(map(webOrder())).not.toHaveProperty('event.data_processing_options')
  })
  it.each(['denied', 'Denied ', 'no', 'false', 'grant', '', ' ', null, undefined])(
    'attribute %j keeps the event from being sent',
    (consent) => expect(map(asked(consent))).toEqual(NONE),
  )
  it.each(['granted', 'Granted', 'yes', '1', 'true'])('attribute %j lets it go', (consent) => {
    expect(map(asked(consent))).toHaveProperty('event')
  })
  it.each(['no', 'DENIED', 'sure', false, 0, {}, 'pending', '', null, undefined])(
    'stored as %j keeps the event from being sent',
    (consent) => expect(map(webOrder(), { identity: { consent: consent as never } })).toEqual(NONE),
  )
  it.each([1, true, 'yes', ' Granted'])('may be %j from the callback', (given) => {
    expect(map(webOrder(), { consent: () => given as never })).toHaveProperty('event')
  })
  it.each([0, false, 'no', 'pending'])('may be %j from the callback, which is none', (given) => {
    expect(map(webOrder(), { consent: () => given as never })).toEqual(NONE)
  })
  it('attribute ldu asks for Limited Data Use', () => {
    expect(eventOf(map(asked('ldu')))).toMatchObject(LDU)
    expect(map(asked('granted'))).not.toHaveProperty('event.data_processing_options')
  })
  it('is the stricter of attribute and identity store', () => {
    expect(map(asked('granted'), { identity: { consent: 'denied' } })).toEqual(NONE)
    expect(map(asked('denied'), { identity: { consent: 'granted' } })).toEqual(NONE)
    expect(eventOf(map(asked('granted'), { identity: { consent: 'ldu' } }))).toMatchObject(LDU)
  })
  it("is the shop's to say: its callback decides", () => {
    expect(map(asked('denied'), { consent: () => 'granted' })).toHaveProperty('event')
    expect(map(asked('granted'), { consent: () => 'denied' })).toEqual(NONE)
    expect(eventOf(map(webOrder(), { consent: () => 'ldu' }))).toMatchObject(LDU)
    expect(map(asked('denied'), { consent: () => undefined })).toEqual(NONE)
    expect(map(asked('granted'), { consent: () => undefined })).toHaveProperty('event')
  })
  it('is none where the shop asks and nobody knows', () => {
    expect(map(webOrder(), { consent: () => undefined })).toEqual(NONE)
  })
  it.each([undefined, null, '', 'granted'])(
    'is not what stands in the place of a callback: %j',
    (consent) => {
      expect(map(webOrder(), { consent: consent as never })).toEqual({ skipped: 'option_failed' })
    },
  )
  it('is not what a promise, a typo or an error says', () => {
    const bad: unknown[] = [
      async () => 'granted',
      () => 'maybe',
      () => null,
      () => {
        throw new Error('no')
      },
    ]
    for (const consent of bad) {
      const options = { consent } as MappingOptions
      expect(map(webOrder(), options)).toEqual({ skipped: 'option_failed' })
    }
  })
})
