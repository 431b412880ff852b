import { CapiModule } from '@capi/nest'
import { Module } from '@nestjs/common'
import { ConfigModule, ConfigService } from '@nestjs/config'
import { capiOptions } from './capi-options.ts'
import { OUTBOX, OutboxModule } from './outbox/outbox.module.ts'

/** Delivers what the web server put into Postgres, and does nothing else. */
@Module({
  imports: [
    ConfigModule.forRoot(),
    CapiModule.forRootAsync({
      imports: [ConfigModule, OutboxModule.as('worker')],
      inject: [ConfigService, OUTBOX],
      useFactory: capiOptions,
    }),
  ],
})
export class WorkerModule {}
