import type { Capi } from '@capi/core'

/** Meta takes no Purchase back; an event of one's own shows refunds in reports and audiences. */
export async function refunded(capi: Capi, orderId: number, email: string) {
  return await capi.track(
    'OrderRefunded',
    { value: 12.5, currency: 'EUR', order_id: orderId, reason: 'broken' },
    { action_source: 'other', event_id: `refund.${orderId}`, user_data: { em: email } },
  )
}
