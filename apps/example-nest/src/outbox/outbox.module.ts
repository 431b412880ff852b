import { CapiService } from '@capi/nest'
import { type DynamicModule, Inject, Module, type OnApplicationShutdown } from '@nestjs/common'
import { ConfigModule, ConfigService } from '@nestjs/config'
import { ModuleRef } from '@nestjs/core'
import { type OpenOutbox, openOutbox } from './open-outbox.ts'

export const OUTBOX = Symbol('outbox')

/** The web server only puts events; the worker delivers them. */
@Module({})
export class OutboxModule implements OnApplicationShutdown {
  readonly #outbox: OpenOutbox
  readonly #modules: ModuleRef

  constructor(@Inject(OUTBOX) outbox: OpenOutbox, @Inject(ModuleRef) modules: ModuleRef) {
    this.#outbox = outbox
    this.#modules = modules
  }

  static as(role: 'producer' | 'worker'): DynamicModule {
    return {
      module: OutboxModule,
      imports: [ConfigModule],
      providers: [
        {
          provide: OUTBOX,
          inject: [ConfigService],
          useFactory: (config: ConfigService) => openOutbox(config, role),
        },
      ],
      exports: [OUTBOX],
    }
  }

  /** The client first: what it has not sent goes back through the database. */
  async onApplicationShutdown(): Promise<void> {
    await this.#modules.get(CapiService, { strict: false }).client.close()
    await this.#outbox.close()
  }
}
