import { CapiModule } from '@capi/nest'
import { CapiHealthIndicator } from '@capi/nest/health'
import { Module } from '@nestjs/common'
import { ConfigModule, ConfigService } from '@nestjs/config'
import { TerminusModule } from '@nestjs/terminus'
import { capiOptions } from './capi-options.ts'
import { HealthController } from './health/health.controller.ts'
import { JobQueue } from './jobs/job-queue.ts'
import { OrdersController } from './orders/orders.controller.ts'
import { OrdersRepository } from './orders/orders.repository.ts'
import { OrdersService } from './orders/orders.service.ts'
import { Shipping } from './orders/shipping.ts'
import { OUTBOX, OutboxModule } from './outbox/outbox.module.ts'
import { ProductsController } from './products/products.controller.ts'
import { ProductsService } from './products/products.service.ts'

const outboxModule = OutboxModule.as('producer')

/** Has a name so that tests can put `CapiModule.forTesting()` in its place. */
export const capiModule = CapiModule.forRootAsync({
  imports: [ConfigModule, outboxModule],
  inject: [ConfigService, OUTBOX],
  useFactory: capiOptions,
})

@Module({
  imports: [ConfigModule.forRoot(), outboxModule, capiModule, TerminusModule],
  controllers: [ProductsController, OrdersController, HealthController],
  providers: [
    ProductsService,
    OrdersService,
    OrdersRepository,
    Shipping,
    JobQueue,
    CapiHealthIndicator,
  ],
})
export class AppModule {}
