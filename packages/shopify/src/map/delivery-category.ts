import { isRecord, records, text } from '../read/read.ts'
import type { ShopifyOrder } from '../read/shopify-payloads.ts'

type DeliveryCategory = 'in_store' | 'home_delivery'

interface Row {
  readonly applies: (order: ShopifyOrder) => boolean
  readonly category: DeliveryCategory
}

const isDelivered = ({ shipping_lines }: ShopifyOrder) => records(shipping_lines).length > 0

/**
 * The first row that applies; none: nothing is delivered, or it is not known. Payloads have no field of their own for it. That an order
 * with a delivery and without an address of it is picked up is a ruling of ours; where billing addresses are withheld too, nothing is said.
 */
const ROWS: readonly Row[] = [
  {
    applies: ({ shipping_lines }) =>
      records(shipping_lines).some(({ delivery_category }) =>
        /pick/i.test(text(delivery_category) ?? ''),
      ),
    category: 'in_store',
  },
  {
    applies: (order) => order.source_name === 'pos' && !isDelivered(order),
    category: 'in_store',
  },
  {
    applies: (order) =>
      isDelivered(order) && order.shipping_address === null && isRecord(order.billing_address),
    category: 'in_store',
  },
  {
    applies: (order) => isDelivered(order) && isRecord(order.shipping_address),
    category: 'home_delivery',
  },
]

/** How the order reaches the shopper. */
export function deliveryCategory(order: ShopifyOrder): DeliveryCategory | undefined {
  return ROWS.find(({ applies }) => applies(order))?.category
}
