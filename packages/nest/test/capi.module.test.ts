import { createCapi } from '@capi/core'
import { createEmulator } from '@capi/emulator'
import { Controller, Get, Inject, Injectable, Logger, Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { Test } from '@nestjs/testing'
import { afterEach, describe, expect, it, vi } from 'vitest'
import {
  CapiModule,
  type CapiModuleOptions,
  type CapiOptionsFactory,
  CapiRecorder,
  CapiService,
  getCapiRecorderToken,
  getCapiToken,
  InjectCapi,
  TrackEvent,
} from '../src/index.ts'
import { PLATFORMS, startApp, VISITOR } from './start-app.ts'

const emulator = createEmulator()
const options: CapiModuleOptions = {
  pixelId: '1234567890',
  accessToken: 'token',
  fetch: emulator.fetch,
}
const QUIET = { logger: false, abortOnError: false } as const

afterEach(() => {
  emulator.clear()
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

@Injectable()
class Settings implements CapiOptionsFactory {
  createCapiOptions() {
    return Promise.resolve(options)
  }
}

@Module({ providers: [Settings], exports: [Settings] })
class SettingsModule {}

@Injectable()
class Orders {
  readonly capi: CapiService
  constructor(@InjectCapi() capi: CapiService) {
    this.capi = capi
  }
}

describe('the client is made', () => {
  it.each([
    ['forRoot', CapiModule.forRoot(options)],
    ['useFactory', CapiModule.forRootAsync({ useFactory: () => options })],
    [
      'an async useFactory with inject',
      CapiModule.forRootAsync({
        imports: [SettingsModule],
        inject: [Settings],
        useFactory: (settings: Settings) => settings.createCapiOptions(),
      }),
    ],
    ['useClass', CapiModule.forRootAsync({ useClass: Settings })],
    ['useExisting', CapiModule.forRootAsync({ imports: [SettingsModule], useExisting: Settings })],
    ['a client of one’s own', CapiModule.forRoot({ client: createCapi(options) })],
  ])('with %s', async (_way, module) => {
    const { app } = await startApp({ imports: [module], providers: [Orders] })
    const capi = app.get(Orders).capi
    await capi.client.track(
      'Lead',
      {},
      { action_source: 'phone_call', user_data: { em: 'a@b.de' } },
    )
    await capi.flush()
    expect(capi).toBe(app.get(CapiService))
    expect(capi).toBe(app.get(getCapiToken()))
    expect(emulator.events()).toHaveLength(1)
  })

  it('from the environment', async () => {
    vi.stubEnv('META_PIXEL_ID', '555666777')
    vi.stubEnv('META_CAPI_ACCESS_TOKEN', 'token')
    const { app } = await startApp({ imports: [CapiModule.forRoot({ fetch: emulator.fetch })] })
    const capi = app.get(CapiService)
    await capi.track('Lead', {}, { action_source: 'phone_call', user_data: { em: 'a@b.de' } })
    await capi.flush()
    expect(emulator.events()[0]?.pixel_id).toBe('555666777')
  })

  it('and a malformed option stops the start', async () => {
    class AppModule {}
    Module({ imports: [CapiModule.forRoot({ pixelId: 'my pixel' })] })(AppModule)
    await expect(NestFactory.create(AppModule, QUIET)).rejects.toMatchObject({
      code: 'config_invalid',
    })
  })

  it('and options from nowhere are refused', () => {
    expect(() => CapiModule.forRootAsync({})).toThrow(
      expect.objectContaining({
        code: 'config_invalid',
        message: expect.stringContaining('Pass useFactory, useClass or useExisting'),
      }),
    )
  })

  it('for its importers alone when it is not global', async () => {
    @Module({
      imports: [CapiModule.forRoot({ ...options, isGlobal: false })],
      providers: [Orders],
    })
    class OrdersModule {}
    class AppModule {}
    Module({ imports: [OrdersModule], providers: [{ provide: 'other', useClass: Orders }] })(
      AppModule,
    )
    await expect(NestFactory.create(AppModule, QUIET)).rejects.toThrow("can't resolve")
    const { app } = await startApp({ imports: [OrdersModule] })
    expect(app.get(Orders).capi).toBeInstanceOf(CapiService)
  })

  it('and says through Nest’s logger, once, that a token is missing', async () => {
    vi.stubEnv('META_CAPI_ACCESS_TOKEN', '')
    const warn = vi.spyOn(Logger.prototype, 'warn').mockImplementation(() => {})
    const error = vi.spyOn(Logger.prototype, 'error').mockImplementation(() => {})
    const { app } = await startApp({ imports: [CapiModule.forRoot({ pixelId: '1234567890' })] })
    for (let i = 0; i < 3; i++) await app.get(CapiService).track('Lead')
    const lines = [...warn.mock.calls, ...error.mock.calls].map(([line]) => String(line))
    expect(lines.filter((line) => line.includes('META_CAPI_ACCESS_TOKEN'))).toHaveLength(1)
  })
})

describe.each(PLATFORMS)('named clients on %s', (platform) => {
  @Controller()
  class Shop {
    readonly capi: CapiService
    readonly eu: CapiService
    constructor(@InjectCapi() capi: CapiService, @InjectCapi('eu') eu: CapiService) {
      this.capi = capi
      this.eu = eu
    }

    @Get('both')
    async both() {
      await this.capi.track('Lead')
      await this.eu.track('Contact')
    }

    @Get('eu')
    @TrackEvent('ViewContent', { client: 'eu' })
    view() {}
  }
  const start = () =>
    startApp({
      platform,
      imports: [CapiModule.forTesting(), CapiModule.forTesting({ name: 'eu' })],
      controllers: [Shop],
    })

  it('each send their own events, of one visitor', async () => {
    const { app, get } = await start()
    await get('/both')
    await get('/eu')
    const own = await app.get(CapiRecorder).events()
    const eu = await app.get<CapiRecorder>(getCapiRecorderToken('eu')).events()
    expect(own.map((event) => event.event_name)).toEqual(['Lead'])
    expect(eu.map((event) => event.event_name)).toEqual(['Contact', 'ViewContent'])
    expect(own[0]?.user_data.fbp).toBe(eu[0]?.user_data.fbp)
  })

  it('set one cookie together', async () => {
    const { get } = await start()
    expect((await get('/both')).headers.getSetCookie()).toHaveLength(1)
  })
})

describe('forTesting', () => {
  @Controller()
  class Shop {
    readonly capi: CapiService
    constructor(@Inject(CapiService) capi: CapiService) {
      this.capi = capi
    }

    @Get()
    buy() {
      return this.capi.track('Purchase', { value: 5, currency: 'EUR' })
    }

    @Get('broken')
    broken() {
      return this.capi.track('Purchase', { value: Number.NaN, currency: 'EUR' })
    }
  }

  it('records what Meta would get, and what was wrong', async () => {
    vi.stubEnv('META_CAPI_ACCESS_TOKEN', 'production')
    vi.stubEnv('META_TEST_EVENT_CODE', 'TEST1')
    const { app, get } = await startApp({ imports: [CapiModule.forTesting()], controllers: [Shop] })
    const recorder = app.get(CapiRecorder)
    await get('/')
    await get('/broken')
    expect(await recorder.events('Purchase')).toMatchObject([{ custom_data: { value: 5 } }])
    expect(await recorder.events('Lead')).toEqual([])
    expect(recorder.issues()[0]?.path).toBe('custom_data.value')
    recorder.clear()
    expect(await recorder.events()).toEqual([])
    expect(recorder.issues()).toEqual([])
  })

  it('lets the emulator judge', async () => {
    const issues: string[] = []
    vi.stubEnv('META_TEST_EVENT_CODE', 'TEST1')
    vi.stubEnv('META_PIXEL_ID', '555666777')
    const module = CapiModule.forTesting({
      fetch: emulator.fetch,
      onIssue: ({ code }) => issues.push(code),
    })
    const { app, get } = await startApp({ imports: [module], controllers: [Shop] })
    await get('/')
    await get('/broken')
    expect(await app.get(CapiRecorder).events()).toHaveLength(1)
    expect(emulator.events()).toMatchObject([{ status: 'processed', pixel_id: '1234567890' }])
    expect(issues).toContain('value_missing')
  })

  it('takes the place of the real module', async () => {
    const capiModule = CapiModule.forRootAsync({ useFactory: () => ({ pixelId: 'none' }) })
    @Module({ imports: [capiModule], controllers: [Shop] })
    class AppModule {}
    const testing = await Test.createTestingModule({ imports: [AppModule] })
      .overrideModule(capiModule)
      .useModule(CapiModule.forTesting())
      .compile()
    const app = testing.createNestApplication()
    await app.listen(0, '127.0.0.1')
    await fetch(await app.getUrl(), { headers: VISITOR })
    expect(await app.get(CapiRecorder).events()).toHaveLength(1)
    await app.close()
  })

  it('takes the place of each of several', async () => {
    const shop = CapiModule.forRootAsync({ useFactory: () => ({ pixelId: 'none' }) })
    const brand = CapiModule.forRootAsync({
      name: 'brand',
      useFactory: () => ({ pixelId: 'none' }),
    })
    const testing = await Test.createTestingModule({ imports: [shop, brand], providers: [Orders] })
      .overrideModule(shop)
      .useModule(CapiModule.forTesting())
      .overrideModule(brand)
      .useModule(CapiModule.forTesting({ name: 'brand' }))
      .compile()
    const sale = { action_source: 'phone_call', user_data: { em: 'a@b.de' } } as const
    await testing.get<CapiService>(getCapiToken('brand')).client.track('Lead', {}, sale)
    expect(await testing.get(CapiRecorder).events()).toEqual([])
    expect(await testing.get<CapiRecorder>(getCapiRecorderToken('brand')).events()).toHaveLength(1)
    await testing.close()
  })

  it('is not needed: a stand-in takes the client’s place', async () => {
    const track = vi.fn()
    @Controller()
    class Tracked {
      @Get()
      @TrackEvent('Lead')
      lead() {}
    }
    @Module({ imports: [CapiModule.forRoot(options)], controllers: [Tracked] })
    class AppModule {}
    const testing = await Test.createTestingModule({ imports: [AppModule] })
      .overrideProvider(getCapiToken())
      .useValue({ track })
      .compile()
    const app = testing.createNestApplication()
    await app.listen(0, '127.0.0.1')
    await fetch(await app.getUrl(), { headers: VISITOR })
    expect(track).toHaveBeenCalledExactlyOnceWith('Lead', undefined, {})
    await app.close()
  })
})
