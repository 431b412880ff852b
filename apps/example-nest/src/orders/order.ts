import type { Product } from '../products/products.service.ts'

export interface Order {
  readonly id: number
  readonly email: string
  readonly lines: readonly { readonly product: Product; readonly quantity: number }[]
  readonly total: number
}
