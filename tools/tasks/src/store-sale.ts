import type { Capi } from '@capi/core'

/** A sale at a till, a month old: Meta takes those of shops for 62 days. */
export async function soldAtTheTill(capi: Capi, soldAt: Date) {
  return await capi.track(
    'Purchase',
    { value: 24, currency: 'CHF', order_id: 'till-3-0815', store_data: { store_code: 'ZRH' } },
    {
      action_source: 'physical_store',
      event_time: soldAt,
      event_id: 'till-3-0815',
      user_data: { ph: '079 123 45 67', country: 'CH' },
    },
  )
}
