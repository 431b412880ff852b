import 'reflect-metadata'
import { CapiModule, type CapiModuleOptions, type CapiService, InjectCapi } from '@capi/nest'
import { Controller, Inject, Injectable, Module, Post } from '@nestjs/common'

@Injectable()
class OrdersService {
  constructor(@InjectCapi() private readonly capi: CapiService) {}

  async place() {
    const order = { id: 1001, total: 12.5, email: 'anna.muster@example.com' }
    const { outcome } = await this.capi.track(
      'Purchase',
      { value: order.total, currency: 'EUR' },
      { event_id: this.capi.eventId('order', order.id), user_data: { em: order.email } },
    )
    return { outcome }
  }
}

@Controller('orders')
class OrdersController {
  constructor(@Inject(OrdersService) private readonly orders: OrdersService) {}

  @Post()
  async place() {
    return await this.orders.place()
  }
}

/** A service deep down knows the request's visitor. */
export function appWith(options: CapiModuleOptions) {
  @Module({
    imports: [CapiModule.forRoot(options)],
    controllers: [OrdersController],
    providers: [OrdersService],
  })
  class AppModule {}
  return AppModule
}
