import { type Capi, CapiError, type EventInput, type SendResult } from '@capi/core'

interface Sale {
  readonly receipt: string
  readonly soldAt: string
  readonly total: string
  readonly email: string
}

/** A month of a shop's sales, more than one request takes; returns those that Meta has not taken. */
export async function upload(capi: Capi, sales: readonly Sale[]): Promise<readonly Sale[]> {
  const events = sales.map(
    (sale): EventInput => ({
      event_name: 'Purchase',
      action_source: 'physical_store',
      event_time: sale.soldAt,
      event_id: sale.receipt,
      user_data: { em: sale.email },
      custom_data: { value: sale.total, currency: 'EUR' },
    }),
  )
  const isMissing = (receipts: SendResult['receipts']) =>
    sales.filter((_sale, index) => receipts[index]?.outcome !== 'delivered')
  try {
    const { receipts } = await capi.send(events, { uploadTag: 'stores-2026-11' })
    return isMissing(receipts)
  } catch (error) {
    if (!CapiError.is(error)) throw error
    return isMissing(error.partial?.receipts ?? [])
  }
}
