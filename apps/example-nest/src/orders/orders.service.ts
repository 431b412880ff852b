import { type CapiService, InjectCapi } from '@capi/nest'
import { Inject, Injectable } from '@nestjs/common'
import { JobQueue } from '../jobs/job-queue.ts'
import { type Product, ProductsService } from '../products/products.service.ts'
import type { OrderInput } from './order-input.ts'

export interface Order {
  readonly id: number
  readonly email: string
  readonly lines: readonly { readonly product: Product; readonly quantity: number }[]
  readonly total: number
}

export interface PlacedOrder {
  readonly order: Order
  /** For the page: `fbq('track', 'Purchase', {…}, { eventID })`. Meta counts one sale. */
  readonly eventId: string
}

@Injectable()
export class OrdersService {
  readonly #capi: CapiService
  readonly #products: ProductsService
  readonly #jobs: JobQueue
  #lastId = 1000

  constructor(
    @InjectCapi() capi: CapiService,
    @Inject(ProductsService) products: ProductsService,
    @Inject(JobQueue) jobs: JobQueue,
  ) {
    this.#capi = capi
    this.#products = products
    this.#jobs = jobs
  }

  async place({ email, items }: OrderInput): Promise<PlacedOrder> {
    const lines = items.map(({ product, quantity }) => ({
      product: this.#products.find(product),
      quantity,
    }))
    const total = lines.reduce((sum, { product, quantity }) => sum + product.price * quantity, 0)
    this.#lastId++
    const order: Order = { id: this.#lastId, email, lines, total }

    const { event_id } = await this.#capi.track('Purchase', purchaseOf(order), {
      event_id: this.#capi.eventId('order', order.id),
      user_data: { em: email },
    })
    this.#jobs.add({ name: 'ship', order, context: this.#capi.context })
    return { order, eventId: event_id }
  }
}

function purchaseOf({ id, lines, total }: Order) {
  return {
    value: total,
    currency: 'EUR' as const,
    order_id: id,
    contents: lines.map(({ product, quantity }) => ({
      id: product.id,
      quantity,
      item_price: product.price,
    })),
  }
}
