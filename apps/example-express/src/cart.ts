import { findProduct, type Product } from './products.ts'

/** Product id → quantity. */
export type Cart = ReadonlyMap<string, number>

export interface CartLine {
  readonly product: Product
  readonly quantity: number
}

export const MAX_QUANTITY = 9

export function setQuantity(cart: Cart, productId: string, quantity: number): Cart {
  const next = new Map(cart)
  if (quantity > 0) next.set(productId, Math.min(quantity, MAX_QUANTITY))
  else next.delete(productId)
  return next
}

export function cartLines(cart: Cart): CartLine[] {
  return [...cart].flatMap(([id, quantity]) => {
    const product = findProduct(id)
    return product ? [{ product, quantity }] : []
  })
}

export function itemCount(lines: readonly CartLine[]): number {
  return lines.reduce((count, line) => count + line.quantity, 0)
}

export function totalEur(lines: readonly CartLine[]): number {
  return lines.reduce((total, line) => total + line.product.priceEur * line.quantity, 0)
}
