import { Body, Controller, Inject, Post } from '@nestjs/common'
import { toOrderInput } from './order-input.ts'
import { OrdersService, type PlacedOrder } from './orders.service.ts'

@Controller('orders')
export class OrdersController {
  readonly #orders: OrdersService

  constructor(@Inject(OrdersService) orders: OrdersService) {
    this.#orders = orders
  }

  @Post()
  place(@Body() body: unknown): Promise<PlacedOrder> {
    return this.#orders.place(toOrderInput(body))
  }
}
