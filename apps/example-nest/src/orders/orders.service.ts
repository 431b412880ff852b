import { type CapiService, InjectCapi } from '@capi/nest'
import { Inject, Injectable } from '@nestjs/common'
import { JobQueue } from '../jobs/job-queue.ts'
import { ProductsService } from '../products/products.service.ts'
import type { Order } from './order.ts'
import type { OrderInput } from './order-input.ts'
import { OrdersRepository } from './orders.repository.ts'

export interface PlacedOrder {
  readonly order: Order
  /**
   * For the page: `tracker.track('Purchase', {…}, { event_id, endpoint: false })` of @capi/browser. Meta counts one sale. Absent for an order under a
   * no: the server reports it to nobody, so the page must not either, also after a later yes.
   */
  readonly eventId?: string
}

@Injectable()
export class OrdersService {
  readonly #capi: CapiService
  readonly #products: ProductsService
  readonly #jobs: JobQueue
  readonly #orders: OrdersRepository

  constructor(
    @InjectCapi() capi: CapiService,
    @Inject(ProductsService) products: ProductsService,
    @Inject(JobQueue) jobs: JobQueue,
    @Inject(OrdersRepository) orders: OrdersRepository,
  ) {
    this.#capi = capi
    this.#products = products
    this.#jobs = jobs
    this.#orders = orders
  }

  async place({ email, items }: OrderInput): Promise<PlacedOrder> {
    const lines = items.map(({ product, quantity }) => ({
      product: this.#products.find(product),
      quantity,
    }))
    const total = lines.reduce((sum, { product, quantity }) => sum + product.price * quantity, 0)
    const eventId = (id: number) => this.#capi.eventId('order', id)
    // In Postgres the event commits with the order, or never was.
    const order = await this.#orders.insert({ email, lines, total }, (placed, transaction) =>
      this.#capi.track('Purchase', purchaseOf(placed), {
        event_id: eventId(placed.id),
        user_data: { em: email },
        transaction,
      }),
    )
    this.#jobs.add({ name: 'ship', order, context: this.#capi.context })
    return { order, ...(this.#capi.consent === 'granted' && { eventId: eventId(order.id) }) }
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
