import { orderToPurchase, type SkipReason } from '@capi/shopify'
import { assertType, expectTypeOf, it } from 'vitest'

it('refuses options that do not exist', () => {
  // @ts-expect-error Not one of the two topics.
  orderToPurchase({}, { purchaseOn: 'orders/updated' })
  // @ts-expect-error A feed's ids need its country: 'shopify_US'.
  orderToPurchase({}, { contentId: 'shopify' })
  // @ts-expect-error An app event needs app_data, which no order has.
  orderToPurchase({}, { actionSource: () => 'app' })
  // @ts-expect-error A promise is no consent.
  orderToPurchase({}, { consent: async () => 'granted' })
  assertType(orderToPurchase({ id: 1, custom: 'field' }, { contentId: 'shopify_US' }))
})

it('gives an event or a reason out of a closed list', () => {
  const mapped = orderToPurchase({})
  if ('skipped' in mapped) expectTypeOf(mapped.skipped).toEqualTypeOf<SkipReason>()
  else expectTypeOf(mapped.event.event_id).toEqualTypeOf<string | number | bigint | undefined>()
})
