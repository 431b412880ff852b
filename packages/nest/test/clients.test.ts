import type { CapiOptions } from '@capi/core'
import { Controller, Get, Logger, Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { afterEach, describe, expect, it, vi } from 'vitest'
import {
  CapiModule,
  type CapiModuleOptions,
  CapiRecorder,
  CapiService,
  getCapiRecorderToken,
  getCapiToken,
  InjectCapi,
} from '../src/index.ts'
import { PLATFORMS, startApp } from './start-app.ts'

const SALE = { action_source: 'phone_call', user_data: { external_id: 1 } } as const

afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

@Controller()
class Shop {
  readonly shop: CapiService
  readonly brand: CapiService
  constructor(@InjectCapi() shop: CapiService, @InjectCapi('brand') brand: CapiService) {
    this.shop = shop
    this.brand = brand
  }

  @Get('denied')
  async denied() {
    this.shop.setConsent('denied')
    const { outcome, reason } = await this.brand.track('Lead')
    return { outcome, reason, consent: this.brand.consent, context: this.brand.context }
  }

  @Get('denied-by-brand')
  async deniedByBrand() {
    await this.shop.track('Lead')
    this.brand.setConsent('denied')
    return { consent: this.shop.consent }
  }

  @Get('identified')
  async identified() {
    this.shop.setUser({ external_id: 'u1' })
    this.brand.setUser({ em: 'anna@example.com' })
    await this.brand.track('Lead')
    await this.shop.track('Lead')
  }

  @Get('pending')
  async pending() {
    const held = await this.brand.track('Lead')
    this.shop.setConsent('granted')
    return held
  }
}

describe.each(PLATFORMS)('clients of one application on %s', (platform) => {
  const start = (brand: CapiModuleOptions = {}) =>
    startApp({
      platform,
      imports: [
        CapiModule.forTesting(),
        CapiModule.forTesting({ ...brand, name: 'brand' } as object),
      ],
      controllers: [Shop],
    })
  const brandsEvents = async ({ app }: Awaited<ReturnType<typeof start>>) =>
    await app.get<CapiRecorder>(getCapiRecorderToken('brand')).events()

  it('share a refusal that one of them is given', async () => {
    const running = await start()
    expect(await (await running.get('/denied')).json()).toMatchObject({
      outcome: 'dropped',
      reason: 'consent',
      consent: 'denied',
      context: { consent: 'denied' },
    })
    const response = await running.get('/denied-by-brand')
    expect(await response.json()).toEqual({ consent: 'denied' })
    expect(response.headers.getSetCookie()).toEqual([])
    expect(await brandsEvents(running)).toEqual([])
  })

  it('share the user that one of them is given', async () => {
    const running = await start()
    await running.get('/identified')
    const [brand] = await brandsEvents(running)
    const [shop] = await running.app.get(CapiRecorder).events()
    for (const user_data of [brand?.user_data, shop?.user_data]) {
      expect(user_data).toMatchObject({
        external_id: [expect.any(String)],
        em: [expect.any(String)],
      })
    }
  })

  it('all track what waited once one of them is given the answer', async () => {
    const running = await start({ consent: 'pending' })
    expect(await (await running.get('/pending')).json()).toMatchObject({ outcome: 'held' })
    expect(await brandsEvents(running)).toHaveLength(1)
  })

  it('differ by their options', async () => {
    const running = await start({ user: () => ({ external_id: 'of-brand' }) })
    await running.get('/denied-by-brand')
    const [event] = await running.app.get(CapiRecorder).events()
    expect(event?.user_data.external_id).toBeUndefined()
  })
})

/** A start whose requests are counted by the dataset and the token they are for. */
async function startClient(options: CapiOptions, name?: string) {
  const requests: string[] = []
  const lines: string[] = []
  vi.spyOn(Logger.prototype, 'warn').mockImplementation((line) => void lines.push(String(line)))
  const fetch: typeof globalThis.fetch = async (url, init) => {
    const pixel = /(\d+)\/events/.exec(new Request(url).url)?.[1]
    requests.push(`${pixel} ${new Headers(init?.headers).get('authorization')}`)
    return Response.json({ events_received: 1 })
  }
  const module = CapiModule.forRootAsync({
    ...(name !== undefined && { name }),
    useFactory: () => ({ fetch, ...options }),
  })
  const app = await NestFactory.createApplicationContext(module, {
    logger: false,
    abortOnError: false,
  })
  const receipt = await app.get<CapiService>(getCapiToken(name)).client.track('Lead', {}, SALE)
  await app.close()
  return { receipt, requests, lines }
}

describe('a named client', () => {
  const options = {
    neither: [{ pixelId: undefined, accessToken: undefined }, 'no pixelId and no accessToken'],
    'no token': [{ pixelId: '22222', accessToken: undefined }, 'no accessToken'],
    'a blank token': [{ pixelId: '22222', accessToken: ' ' }, 'no accessToken'],
  } as const
  it.each(Object.entries(options))(
    'takes nothing of the other client from the environment: %s',
    async (_what, [given, missing]) => {
      vi.stubEnv('META_PIXEL_ID', '99999')
      vi.stubEnv('META_CAPI_ACCESS_TOKEN', 'token')
      const { receipt, requests, lines } = await startClient(given, 'brand')
      expect(receipt).toMatchObject({ outcome: 'dropped', reason: 'disabled' })
      expect(requests).toEqual([])
      expect(lines).toHaveLength(1)
      expect(lines[0]).toContain(`Client 'brand' is disabled`)
      expect(lines[0]).toContain(missing)
    },
  )

  it('with a token and no pixel sends nothing to the other client’s pixel', async () => {
    vi.stubEnv('META_PIXEL_ID', '99999')
    vi.stubEnv('META_DATASET_ID', '99998')
    const { requests, lines } = await startClient({ accessToken: 'own' }, 'brand')
    expect(requests).toEqual([])
    expect(lines[0]).toContain("Client 'brand' sends only events whose scope names a pixel")
  })

  it('takes the rest from the environment, and its own are used', async () => {
    vi.stubEnv('META_PIXEL_ID', '99999')
    vi.stubEnv('META_CAPI_ACCESS_TOKEN', 'token')
    const own = { pixelId: '22222', accessToken: 'own' }
    expect(await startClient(own, 'brand')).toMatchObject({
      requests: ['22222 Bearer own'],
      lines: [],
    })
    expect((await startClient({})).requests).toEqual(['99999 Bearer token'])
  })

  it('is named where an option of it is malformed', async () => {
    const bad = startClient({ pixelId: 'my pixel', accessToken: 'own' }, 'brand')
    await expect(bad).rejects.toMatchObject({
      code: 'config_invalid',
      message: expect.stringMatching(/^Client 'brand' of CapiModule: Option pixelId(?!.*META_)/),
    })
  })
})

describe('two clients of one name', () => {
  const a = { pixelId: '11111', accessToken: 'a' }
  const start = (imports: Parameters<typeof startApp>[0]['imports'] & object) =>
    startApp({ imports })

  it.each([
    ['without one', CapiModule.forRoot(a), CapiModule.forRoot({ ...a, pixelId: '22222' })],
    ['of one kind', CapiModule.forRoot(a), CapiModule.forRootAsync({ useFactory: () => ({}) })],
    [
      'with another value in a group',
      CapiModule.forRoot({ ...a, batch: { maxEvents: 7 } }),
      CapiModule.forRoot({ ...a, batch: { maxEvents: 8 } }),
    ],
    [
      'with a group in one of them',
      CapiModule.forRoot({ ...a, batch: { maxEvents: 7 } }),
      CapiModule.forRoot({ ...a, retry: { baseDelayMs: 7 } }),
    ],
    ['with functions', CapiModule.forRoot(a), CapiModule.forRoot({ ...a, user: () => ({}) })],
    [
      'with one',
      CapiModule.forRoot({ ...a, name: 'brand' }),
      CapiModule.forRoot({ accessToken: 'b', name: 'brand' }),
    ],
  ])('stop the start: %s', async (_name, one, other) => {
    await expect(start([one, other])).rejects.toMatchObject({
      code: 'config_invalid',
      message: expect.stringMatching(/CapiModule is imported twice .*`name`/),
    })
  })

  it('share one client where their options are equal', async () => {
    const consent = () => 'granted' as const
    const batch = () => ({ batch: { maxWaitMs: 60_000 } })
    const root = CapiModule.forRoot({ ...a, ...batch(), consent })
    @Module({ imports: [CapiModule.forRoot({ ...a, ...batch(), consent, isGlobal: false })] })
    class Feature {
      readonly capi: CapiService
      constructor(@InjectCapi() capi: CapiService) {
        this.capi = capi
      }
    }
    const { app, get } = await start([root, Feature])
    expect(app.get(Feature).capi.client).toBe(app.get(CapiService).client)
    expect((await get('/')).headers.getSetCookie()).toHaveLength(1)
  })
})
