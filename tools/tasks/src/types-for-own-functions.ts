import type { Capi, Content, CustomData, PurchaseData, UserDataInput } from '@capi/core'

interface Basket {
  readonly lines: readonly {
    readonly sku: string
    readonly count: number
    readonly price: number
  }[]
  readonly currency: string
}

const contentsOf = ({ lines }: Basket): Content[] =>
  lines.map(({ sku, count, price }) => ({ id: sku, quantity: count, item_price: price }))

function purchaseOf(basket: Basket): PurchaseData {
  const value = basket.lines.reduce((sum, { count, price }) => sum + count * price, 0)
  return { value, currency: basket.currency, contents: contentsOf(basket), content_type: 'product' }
}

function viewOf(basket: Basket): CustomData<'ViewContent'> {
  return { contents: contentsOf(basket) }
}

export async function sold(capi: Capi, basket: Basket, user_data: UserDataInput) {
  const shop = capi.with({ action_source: 'other', user_data })
  await shop.track('ViewContent', viewOf(basket))
  return await shop.track('Purchase', purchaseOf(basket), { event_id: 'basket.1' })
}
