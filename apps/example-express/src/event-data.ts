import type { CustomData } from '@capi/core'
import { type CartLine, totalEur } from './cart.ts'

/** What an event says about goods, in Meta's own names: the same for the server and the Pixel. */
export function goodsData(lines: readonly CartLine[]): CustomData<'Purchase'> {
  return {
    value: totalEur(lines),
    currency: 'EUR',
    content_ids: lines.map(({ product }) => product.id),
    contents: lines.map(({ product, quantity }) => ({
      id: product.id,
      quantity,
      item_price: product.priceEur,
    })),
  }
}
