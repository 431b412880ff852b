import type { Capi } from '@capi/core'

/** The part of Stripe's `Checkout.Session` that a purchase needs. */
interface CheckoutSession {
  readonly id: string
  readonly created: number
  readonly amount_total: number | null
  readonly currency: string | null
  readonly customer_details: {
    readonly email: string | null
    readonly phone: string | null
    readonly name: string | null
    readonly address: {
      readonly country: string | null
      readonly postal_code: string | null
    } | null
  } | null
}

/** A payment is confirmed by a webhook of the provider's: the request is not the visitor's. */
export async function paid(capi: Capi, session: CheckoutSession) {
  const { amount_total, currency, customer_details } = session
  if (amount_total === null || currency === null) return undefined
  return await capi.track(
    'Purchase',
    { value: amount_total / 100, currency },
    {
      action_source: 'other',
      event_time: session.created,
      event_id: session.id,
      user_data: {
        em: customer_details?.email,
        ph: customer_details?.phone,
        zp: customer_details?.address?.postal_code,
        country: customer_details?.address?.country,
      },
    },
  )
}
