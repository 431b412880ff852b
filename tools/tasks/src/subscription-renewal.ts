import type { Capi } from '@capi/core'

/** A nightly task charges a subscriber: no browser took part. */
export async function renewed(capi: Capi, subscriber: { id: bigint; email: string }) {
  return await capi.track(
    'Subscribe',
    { value: 9.9, currency: 'eur', predicted_ltv: 120 },
    {
      action_source: 'system_generated',
      event_id: `renewal.${subscriber.id}.2026-11`,
      user_data: { em: subscriber.email, external_id: String(subscriber.id) },
    },
  )
}
