import { createCapi } from '@capi/core'
import { createEmulator } from '@capi/emulator'
import { Inject, Injectable, Module, type OnApplicationShutdown } from '@nestjs/common'
import { ModuleRef, NestFactory } from '@nestjs/core'
import { expect, it } from 'vitest'
import { CapiModule, CapiService, InjectCapi } from '../src/index.ts'

const SALE = { action_source: 'phone_call', user_data: { external_id: 1 } } as const
const QUIET = { logger: false } as const

/** Nothing leaves by itself within a minute. */
function patient() {
  const emulator = createEmulator()
  const options = {
    pixelId: '1234567890',
    accessToken: 'token',
    fetch: emulator.fetch,
    batch: { maxWaitMs: 60_000 },
    logger: { warn() {}, error() {} },
  }
  return { emulator, options }
}

it('sends what waits when the application closes', async () => {
  const { emulator, options } = patient()
  @Module({ imports: [CapiModule.forRoot(options)] })
  class AppModule {}
  const app = await NestFactory.create(AppModule, QUIET)
  await app.listen(0, '127.0.0.1')
  const capi = app.get(CapiService)
  await capi.track('Lead', {}, SALE)
  expect(emulator.events()).toHaveLength(0)
  await app.close()
  expect(emulator.events()).toHaveLength(1)
  expect(await capi.track('Lead', {}, SALE)).toMatchObject({ reason: 'closed' })
})

it('sends also what others track while they are destroyed', async () => {
  const { emulator, options } = patient()
  @Injectable()
  class Orders {
    readonly capi: CapiService
    constructor(@InjectCapi() capi: CapiService) {
      this.capi = capi
    }
    async onModuleDestroy() {
      await this.capi.track('Lead', {}, SALE)
    }
    async beforeApplicationShutdown() {
      await this.capi.track('Contact', {}, SALE)
    }
  }
  @Module({ imports: [CapiModule.forRoot(options)], providers: [Orders] })
  class AppModule {}
  const app = await NestFactory.createApplicationContext(AppModule, QUIET)
  await app.close()
  expect(emulator.events().map((event) => event.event_name)).toEqual(['Lead', 'Contact'])
})

it('closes every named client, and leaves one that was made elsewhere open', async () => {
  const { emulator, options } = patient()
  const client = createCapi(options)
  @Module({
    imports: [
      CapiModule.forRoot({ client }),
      CapiModule.forRoot({ ...options, name: 'eu' }),
      CapiModule.forRootAsync({ name: 'us', useFactory: () => options }),
    ],
  })
  class AppModule {}
  const app = await NestFactory.createApplicationContext(AppModule, QUIET)
  await client.track('Lead', {}, SALE)
  await app.close()
  expect(emulator.events()).toHaveLength(1)
  expect(await client.track('Lead', {}, SALE)).toMatchObject({ outcome: 'accepted' })
  await client.close()
})

it('delivers before the application’s own database goes, when its module closes the client first', async () => {
  const { emulator, options } = patient()
  const order: string[] = []
  let isOpen = true
  @Injectable()
  class Database implements OnApplicationShutdown {
    readonly modules: ModuleRef
    constructor(@Inject(ModuleRef) modules: ModuleRef) {
      this.modules = modules
    }
    async onApplicationShutdown() {
      await this.modules.get(CapiService, { strict: false }).client.close()
      isOpen = false
      order.push('database')
    }
  }
  const fetch: typeof globalThis.fetch = (input, init) => {
    order.push(isOpen ? 'sent' : 'sent too late')
    return emulator.fetch(input, init)
  }
  @Module({ imports: [CapiModule.forRoot({ ...options, fetch })], providers: [Database] })
  class AppModule {}
  const app = await NestFactory.createApplicationContext(AppModule, QUIET)
  await app.get(CapiService).client.track('Lead', {}, SALE)
  await app.close()
  expect(order).toEqual(['sent', 'database'])
  expect(emulator.events()).toHaveLength(1)
})

it('does not hold the application up longer than it may', async () => {
  const { options } = patient()
  const hanging = () => new Promise<Response>(() => {})
  @Module({ imports: [CapiModule.forRoot({ ...options, fetch: hanging, shutdownTimeoutMs: 50 })] })
  class AppModule {}
  const app = await NestFactory.createApplicationContext(AppModule, QUIET)
  await app.get(CapiService).track('Lead', {}, SALE)
  const from = performance.now()
  await app.close()
  expect(performance.now() - from).toBeLessThan(5_000)
})
