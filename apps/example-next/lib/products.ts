export interface Product {
  readonly id: string
  readonly name: string
  readonly price: number
}

export const PRODUCTS: readonly Product[] = [
  { id: 'mug', name: 'Harbour mug', price: 12.5 },
  { id: 'vase', name: 'Single-stem vase', price: 34 },
]

export function findProduct(id: unknown): Product | undefined {
  return PRODUCTS.find((product) => product.id === id)
}
