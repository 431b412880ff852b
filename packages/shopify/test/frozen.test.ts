import { expect, it } from 'vitest'
import { CART_ATTRIBUTES, checkoutEventId, purchaseEventId } from '../src/index.ts'

// Themes, web pixels and pages in the field hold these words: a change of one costs shops their deduplication.

it('cart attributes keep their names', () => {
  expect(CART_ATTRIBUTES).toEqual({
    fbp: '__capi_fbp',
    fbc: '__capi_fbc',
    consent: '__capi_consent',
  })
})

it.each([
  [purchaseEventId(1001), 'shopify.order.1001'],
  [purchaseEventId(1001n), 'shopify.order.1001'],
  [purchaseEventId('gid://shopify/Order/1001'), 'shopify.order.1001'],
  [checkoutEventId('c0ffee'), 'shopify.checkout.c0ffee'],
])('ids of events keep their form: %s', (made, id) => {
  expect(made).toBe(id)
})
