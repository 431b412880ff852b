import type { Capi } from '@capi/core'

/** Support found out what was wrong with one order, and with one only. */
export async function replayOrder(capi: Capi, orderId: number) {
  return await capi.deadLetters.replay({ event_ids: [`order.${orderId}`] })
}

/** And another one was a test. */
export async function forgetOrder(capi: Capi, orderId: number) {
  return await capi.deadLetters.purge({ event_ids: [`order.${orderId}`] })
}
