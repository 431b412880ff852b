import { CapiModule } from '@capi/nest'
import { CapiHealthIndicator } from '@capi/nest/health'
import { Module } from '@nestjs/common'
import { ConfigModule, ConfigService } from '@nestjs/config'
import { TerminusModule } from '@nestjs/terminus'
import { capiOptions } from './capi-options.ts'
import { HealthController } from './health/health.controller.ts'
import { JobQueue } from './jobs/job-queue.ts'
import { OrdersController } from './orders/orders.controller.ts'
import { OrdersService } from './orders/orders.service.ts'
import { Shipping } from './orders/shipping.ts'
import { ProductsController } from './products/products.controller.ts'
import { ProductsService } from './products/products.service.ts'

/** Has a name so that tests can put `CapiModule.forTesting()` in its place. */
export const capiModule = CapiModule.forRootAsync({
  imports: [ConfigModule],
  inject: [ConfigService],
  useFactory: capiOptions,
})

@Module({
  imports: [ConfigModule.forRoot(), capiModule, TerminusModule],
  controllers: [ProductsController, OrdersController, HealthController],
  providers: [ProductsService, OrdersService, Shipping, JobQueue, CapiHealthIndicator],
})
export class AppModule {}
