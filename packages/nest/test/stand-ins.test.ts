import type { RequestTracker } from '@capi/core'
import { createEmulator } from '@capi/emulator'
import { Controller, Get, Inject, Injectable, Logger, Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { Test, type TestingModuleBuilder } from '@nestjs/testing'
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import {
  CapiContext,
  CapiModule,
  type CapiModuleOptions,
  CapiService,
  CapiTesting,
  getCapiToken,
  InjectCapi,
  TrackEvent,
} from '../src/index.ts'
import { VISITOR } from './start-app.ts'

afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

@Injectable()
class Deep {
  readonly capi: CapiService
  constructor(@Inject(CapiService) capi: CapiService) {
    this.capi = capi
  }
}

@Controller()
class Shop {
  readonly capi: CapiService
  readonly deep: Deep
  constructor(@InjectCapi() capi: CapiService, @Inject(Deep) deep: Deep) {
    this.capi = capi
    this.deep = deep
  }

  @Get()
  @TrackEvent('ViewContent')
  async page(@CapiContext() capi: RequestTracker) {
    await capi.track('Lead')
    await this.capi.track('Contact')
    await this.deep.capi.track('Search')
  }
}

/** The application as it is written: with a token, and Meta's network. */
async function startWith(replace: (builder: TestingModuleBuilder) => unknown) {
  const network = vi.fn(async () => Response.json({ events_received: 1 }))
  const options = { pixelId: '99999', accessToken: 'real', fetch: network }
  @Module({ imports: [CapiModule.forRoot(options)], controllers: [Shop], providers: [Deep] })
  class AppModule {}
  const builder = Test.createTestingModule({ imports: [AppModule] })
  replace(builder)
  const app = (await builder.compile()).createNestApplication()
  await app.listen(0, '127.0.0.1')
  onTestFinished(async () => {
    await app.close()
  })
  await fetch(await app.getUrl(), { headers: VISITOR })
  return network
}

describe('a stand-in', () => {
  class Mock {
    static readonly track = vi.fn((_name: string) => Promise.resolve())
    readonly track = Mock.track
  }
  const ways: Record<string, (builder: TestingModuleBuilder, token: unknown) => unknown> = {
    useValue: (builder, token) => builder.overrideProvider(token).useValue(new Mock()),
    useClass: (builder, token) => builder.overrideProvider(token).useClass(Mock),
    useFactory: (builder, token) =>
      builder.overrideProvider(token).useFactory({ factory: () => Promise.resolve(new Mock()) }),
  }
  const tokens = { 'getCapiToken()': getCapiToken(), CapiService }
  const cases = Object.entries(tokens).flatMap(([name, token]) =>
    Object.entries(ways).map(([way, replace]) => [name, way, token, replace] as const),
  )

  it.each(cases)('for %s by %s reaches everything', async (_name, _way, token, replace) => {
    Mock.track.mockClear()
    const network = await startWith((builder) => replace(builder, token))
    await vi.waitFor(() => expect(Mock.track).toHaveBeenCalledTimes(4))
    const names = Mock.track.mock.calls.map(([name]) => name)
    expect(names.sort()).toEqual(['Contact', 'Lead', 'Search', 'ViewContent'])
    expect(network).not.toHaveBeenCalled()
  })
})

describe('CapiTesting.override', () => {
  it('records what every client would send, by the options of the application', async () => {
    vi.stubEnv('META_CAPI_ACCESS_TOKEN', 'real')
    vi.stubEnv('META_TEST_EVENT_CODE', 'TEST1')
    const brand = () => ({ consent: 'denied' as const, enabled: false })
    @Controller()
    class Brands {
      readonly brand: CapiService
      constructor(@InjectCapi('brand') brand: CapiService) {
        this.brand = brand
      }
      @Get()
      async page(@CapiContext() shop: RequestTracker) {
        await shop.track('Lead')
        const { reason } = await this.brand.track('Contact')
        await this.brand.track('Donate', {}, { action_source: 'chat', user_data: { em: 'a@b.de' } })
        return reason
      }
    }
    @Module({
      imports: [
        CapiModule.forRoot({ user: () => ({ external_id: '7' }) }),
        CapiModule.forRootAsync({ name: 'brand', useFactory: brand }),
      ],
      controllers: [Brands],
    })
    class AppModule {}
    const builder = Test.createTestingModule({ imports: [AppModule] })
    const emulator = createEmulator()
    const recorder = CapiTesting.override(builder, { fetch: emulator.fetch })
    const app = (await builder.compile()).createNestApplication()
    await app.listen(0, '127.0.0.1')
    onTestFinished(async () => {
      await app.close()
    })
    const response = await fetch(await app.getUrl(), { headers: VISITOR })
    expect(await response.text()).toBe('consent')
    expect(await recorder.events('Lead')).toMatchObject([
      { user_data: { external_id: [expect.any(String)] } },
    ])
    expect(await recorder.of('brand').events()).toMatchObject([{ event_name: 'Donate' }])
    expect(await recorder.of('').events()).toHaveLength(1)
    expect(await recorder.of('other').events()).toEqual([])
    expect(recorder.issues()).toEqual([])
    expect(emulator.events()).toHaveLength(2)
    recorder.clear()
    expect(await recorder.events()).toEqual([])
  })

  it('replaces a client that was made elsewhere', async () => {
    const client = { with: () => ({}), close: vi.fn() } as never
    @Module({ imports: [CapiModule.forRoot({ client })] })
    class AppModule {}
    const builder = Test.createTestingModule({ imports: [AppModule] })
    const recorder = CapiTesting.override(builder)
    const testing = await builder.compile()
    const sale = { action_source: 'phone_call', user_data: { em: 'a@b.de' } } as const
    await testing.get(CapiService).client.track('Lead', {}, sale)
    expect(await recorder.events()).toHaveLength(1)
    await testing.close()
  })
})

describe('a test that sends to Meta', () => {
  const real = { pixelId: '99999', accessToken: 'real' }
  const start = async (options: CapiModuleOptions, environment: Record<string, string>) => {
    const warn = vi.spyOn(Logger.prototype, 'warn').mockImplementation(() => {})
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value)
    const app = await NestFactory.createApplicationContext(CapiModule.forRoot(options), {
      logger: false,
      abortOnError: false,
    })
    await app.close()
    return warn.mock.calls.map(([line]) => String(line)).filter((line) => line.includes('test'))
  }

  it.each([
    ['its options', real, { NODE_ENV: 'test' }],
    [
      'the environment',
      {},
      { NODE_ENV: 'test', META_PIXEL_ID: '99999', META_CAPI_ACCESS_TOKEN: 'real' },
    ],
    [
      'an address of Meta',
      { ...real, baseUrl: 'https://graph.facebook.com' },
      { NODE_ENV: 'test' },
    ],
  ] as const)('is logged at its start: token of %s', async (_what, options, environment) => {
    const lines = await start(options, environment)
    expect(lines).toEqual([expect.stringContaining('NODE_ENV is test')])
    expect(lines[0]).toContain('CapiTesting.override(builder)')
    expect(lines[0]).not.toContain('real')
  })

  it.each([
    ['in production', real, { NODE_ENV: 'production' }],
    ['without a token', { pixelId: '99999' }, { NODE_ENV: 'test', META_CAPI_ACCESS_TOKEN: '' }],
    ['switched off', { ...real, enabled: false }, { NODE_ENV: 'test' }],
    [
      'with a network of its own',
      { ...real, fetch: async () => new Response() },
      { NODE_ENV: 'test' },
    ],
    ['to an emulator', real, { NODE_ENV: 'test', CAPI_BASE_URL: 'http://127.0.0.1:2274' }],
  ] as const)('is not: %s', async (_what, options, environment) => {
    expect(await start(options as CapiModuleOptions, environment)).toEqual([])
  })
})
