import type { Capi } from '@capi/core'

/** A row as a database gives it: decimals are text, what is not known is null. */
interface OrderRow {
  readonly id: bigint
  readonly total: string
  readonly currency: string
  readonly email: string | null
  readonly phone: string | null
  readonly city: string | null
  readonly zip: string | null
  readonly born: Date | null
}

export async function report(capi: Capi, row: OrderRow) {
  return await capi.track(
    'Purchase',
    { value: row.total, currency: row.currency, order_id: String(row.id) },
    {
      action_source: 'website',
      event_source_url: 'https://shop.example/thank-you',
      event_id: row.id,
      user_data: {
        em: row.email,
        ph: row.phone,
        ct: row.city,
        zp: row.zip,
        db: row.born,
        country: 'CH',
        client_user_agent: 'Mozilla/5.0 (X11; Linux x86_64)',
      },
    },
  )
}
