export interface Product {
  readonly id: string
  readonly name: string
  readonly priceEur: number
}

export const PRODUCTS: readonly Product[] = [
  { id: 'mug', name: 'Harbour mug', priceEur: 18 },
  { id: 'vase', name: 'Single-stem vase', priceEur: 34.5 },
]

export const findProduct = (id: string): Product | undefined =>
  PRODUCTS.find((product) => product.id === id)

/** `custom_data` of its sale: the page's Pixel and the server report the same. */
export const saleOf = ({ id, priceEur }: Product) =>
  ({
    value: priceEur,
    currency: 'EUR',
    content_ids: [id],
    content_type: 'product',
  }) as const
