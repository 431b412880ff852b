import { eventIdFrom } from '@capi/core'

/**
 * The `event_id` of an order's Purchase, the same on server and browser: `shopify.order.<id>`.
 * Takes the id as it comes: a number, its digits, or `gid://shopify/Order/<id>`.
 * @example
 * purchaseEventId(order.id) // the eventID of the page's Pixel, too
 */
export function purchaseEventId(orderId: string | number | bigint): string {
  return eventIdFrom('shopify', 'order', String(orderId).replace(/^.*\//, ''))
}

/** The `event_id` of what has only a checkout's token yet: `shopify.checkout.<token>`. */
export function checkoutEventId(checkoutToken: string): string {
  return eventIdFrom('shopify', 'checkout', checkoutToken)
}

export function customerEventId(customerId: string): string {
  return eventIdFrom('shopify', 'customer', customerId)
}

export function cancellationEventId(orderId: string): string {
  return eventIdFrom('shopify', 'cancellation', orderId)
}

export function editEventId(editId: string): string {
  return eventIdFrom('shopify', 'edit', editId)
}

export function subscriptionEventId(contractId: string): string {
  return eventIdFrom('shopify', 'subscription', contractId)
}

export function abandonedEventId(checkoutToken: string): string {
  return eventIdFrom('shopify', 'abandoned', checkoutToken)
}

export function refundEventId(refundId: string): string {
  return eventIdFrom('shopify', 'refund', refundId)
}
