import { createCapi } from '@capi/core'
import { createEmulator } from '@capi/emulator'
import { Controller, type DynamicModule, Get, Logger, Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { CapiModule, CapiRecorder, type CapiService, InjectCapi } from '../src/index.ts'
import { PLATFORMS, startApp, VISITOR } from './start-app.ts'

const warn = vi.spyOn(Logger.prototype, 'warn').mockImplementation(() => {})
beforeEach(() => {
  warn.mockClear()
})
afterEach(() => {
  vi.unstubAllEnvs()
})
/** Without the warning of a test that could send to Meta. */
const lines = () =>
  warn.mock.calls.map(([line]) => String(line)).filter((line) => !line.includes('(test_sends)'))

@Controller()
class Shop {
  readonly capi: CapiService
  constructor(@InjectCapi() capi: CapiService) {
    this.capi = capi
  }

  @Get('p')
  async lead() {
    await this.capi.track('Lead', {}, { event_id: 'nest', user_data: { em: 'anna@example.com' } })
  }
}

async function boot(module: DynamicModule) {
  class AppModule {}
  Module({ imports: [module] })(AppModule)
  const app = await NestFactory.createApplicationContext(AppModule, {
    logger: false,
    abortOnError: false,
  })
  await app.close()
}

const NONE = { pixelId: '1234567890', accessToken: 'token' }

describe('an unknown option is logged with the nearest name', () => {
  it('of forRoot', async () => {
    await boot(CapiModule.forRoot({ ...NONE, token: 1, shutdownTimeout: 2 } as object))
    expect(lines()).toEqual([
      'CapiModule.forRoot ignores options it does not know: "token", meant "accessToken"?; "shutdownTimeout", meant "shutdownTimeoutMs"? (option_unknown)',
    ])
  })

  it('of forTesting', async () => {
    await boot(CapiModule.forTesting({ cookie: false } as object))
    expect(lines()).toEqual([expect.stringContaining('"cookie", meant "cookies"?')])
  })

  it('of forRootAsync, and of what its factory gives', async () => {
    await boot(
      CapiModule.forRootAsync({
        global: true,
        useFactory: () => ({ ...NONE, name: 'x', pixelid: '1' }),
      } as object),
    )
    expect(lines()).toEqual([
      expect.stringContaining('ignores an option it does not know: "global", meant "isGlobal"?'),
      expect.stringContaining('"pixelid", meant "pixelId"?'),
    ])
  })
})

describe('a name that is like consent stops the start', () => {
  it('of forRoot', async () => {
    const started = boot(CapiModule.forRoot({ ...NONE, concent: () => 'denied' } as object))
    await expect(started).rejects.toMatchObject({ code: 'config_invalid' })
  })

  it('of what the factory gives', async () => {
    const started = boot(
      CapiModule.forRootAsync({ useFactory: () => ({ ...NONE, consents: 'denied' }) as object }),
    )
    await expect(started).rejects.toThrow(
      '"consents" of CapiModule.forRootAsync is not known: write "consent"',
    )
  })

  it('beside the factory, where no consent is read', () => {
    const make = () =>
      CapiModule.forRootAsync({ useFactory: () => NONE, consent: 'denied' } as object)
    expect(make).toThrow('what useFactory gives')
  })
})

it('refuses baseUrl where the site’s address is meant', async () => {
  const started = boot(CapiModule.forRoot({ ...NONE, baseUrl: 'https://shop.example' }))
  await expect(started).rejects.toThrow("write siteUrl: 'https://shop.example'")
})

it.each(PLATFORMS)(
  'sends to the server that createCapi sends to, from the same options: %s',
  async (platform) => {
    const emulator = createEmulator()
    const { url } = await emulator.listen({ port: 0 })
    vi.stubEnv('CAPI_BASE_URL', 'http://127.0.0.1:9')
    const options = { ...NONE, baseUrl: ` ${url}/ `, siteUrl: ' https://www.shop.example ' }
    await createCapi({ ...options, logger: { warn() {}, error() {} } }).send({
      event_name: 'Lead',
      event_id: 'core',
      action_source: 'phone_call',
      user_data: { em: 'anna@example.com' },
    })
    const { app, get } = await startApp({
      platform,
      imports: [CapiModule.forRoot(options)],
      controllers: [Shop],
    })
    await get('/p')
    await app.close()
    expect(
      emulator.events().map(({ event_id, payload }) => [event_id, payload['event_source_url']]),
    ).toEqual([
      ['core', undefined],
      ['nest', 'https://www.shop.example/p'],
    ])
    await emulator.close()
  },
)

it.each(PLATFORMS)('trims what functions answer, on %s', async (platform) => {
  const { app, get } = await startApp({
    platform,
    imports: [
      CapiModule.forTesting({
        clientIp: () => ' 203.0.113.9\n',
        pageUrl: () => ' /cart ',
        consent: () => ' granted ' as never,
      }),
    ],
    controllers: [Shop],
  })
  await get('/p', { ...VISITOR, 'sec-fetch-dest': 'empty' })
  expect(await app.get(CapiRecorder).events()).toMatchObject([
    {
      event_source_url: 'https://shop.example/cart',
      user_data: { client_ip_address: '203.0.113.9' },
    },
  ])
  expect(lines()).toEqual([])
})

describe('a client together with options of one', () => {
  it('does not compile, and is logged in JavaScript', async () => {
    const client = createCapi({ ...NONE, fetch: createEmulator().fetch })
    // @ts-expect-error the client has its own
    await boot(CapiModule.forRoot({ client, testEventCode: 'TEST1', phoneCountry: 'DE' }))
    expect(lines()).toEqual([
      'CapiModule.forRoot ignores the options testEventCode, phoneCountry: the client it was given has options of its own. Pass them to the createCapi that made it (option_ignored)',
    ])
  })

  it('is no fault where they are undefined, or for requests', async () => {
    const client = createCapi({ ...NONE, fetch: createEmulator().fetch })
    await boot(CapiModule.forRoot({ client, consent: 'granted', testEventCode: undefined }))
    expect(lines()).toEqual([])
  })
})
