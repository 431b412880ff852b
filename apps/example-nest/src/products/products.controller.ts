import { TrackEvent } from '@capi/nest'
import { Controller, Get, Inject, Param } from '@nestjs/common'
import { type Product, ProductsService } from './products.service.ts'

@Controller('products')
export class ProductsController {
  readonly #products: ProductsService

  constructor(@Inject(ProductsService) products: ProductsService) {
    this.#products = products
  }

  @Get()
  list(): readonly Product[] {
    return this.#products.list()
  }

  /** Tracked when the product was found: an unknown one answers 404, and nothing is tracked. */
  @Get(':id')
  @TrackEvent('ViewContent', {
    data: (product: Product) => ({
      content_ids: [product.id],
      content_name: product.name,
      content_type: 'product',
      value: product.price,
      currency: 'EUR',
    }),
  })
  find(@Param('id') id: string): Product {
    return this.#products.find(id)
  }
}
