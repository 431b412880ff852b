import type { Capi, UserDataInput } from '@capi/core'

/** Everything that is reported in a customer's name knows the customer. */
export function trackerOf(capi: Capi, customer: { id: number; email: string; country?: string }) {
  const user_data: UserDataInput = {
    external_id: customer.id,
    em: customer.email,
    country: customer.country,
  }
  return capi.with({ action_source: 'system_generated', user_data })
}

export async function welcome(capi: Capi) {
  const tracker = trackerOf(capi, { id: 7, email: 'anna.muster@example.com' })
  await tracker.track('CompleteRegistration')
  await tracker.track('StartTrial', { value: 0, currency: 'EUR' })
}
