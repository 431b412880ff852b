import { Injectable, NotFoundException } from '@nestjs/common'

export interface Product {
  readonly id: string
  readonly name: string
  readonly price: number
}

const PRODUCTS: readonly Product[] = [
  { id: 'mug', name: 'Harbour mug', price: 24 },
  { id: 'vase', name: 'Single-stem vase', price: 38 },
  { id: 'bowl', name: 'Ramen bowl', price: 32 },
]

@Injectable()
export class ProductsService {
  list(): readonly Product[] {
    return PRODUCTS
  }

  find(id: string): Product {
    const product = PRODUCTS.find((one) => one.id === id)
    if (product === undefined) throw new NotFoundException(`There is no product '${id}'.`)
    return product
  }
}
