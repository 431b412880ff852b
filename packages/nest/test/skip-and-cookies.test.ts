import type { RequestTracker } from '@capi/core'
import { type CanActivate, Controller, Get, Header, Res, UseGuards } from '@nestjs/common'
import { describe, expect, it } from 'vitest'
import {
  CapiContext,
  CapiModule,
  CapiRecorder,
  CapiService,
  type CapiTestingOptions,
  InjectCapi,
  SkipCapi,
  TrackEvent,
} from '../src/index.ts'
import { PLATFORMS, startApp, VISITOR } from './start-app.ts'

const locked: CanActivate = { canActivate: () => false }

@SkipCapi()
@Controller('health')
class Health {
  readonly capi: CapiService
  constructor(@InjectCapi() capi: CapiService) {
    this.capi = capi
  }

  @Get()
  @TrackEvent('Lead')
  check(@CapiContext() capi: RequestTracker) {
    return capi.track('Lead')
  }

  @Get('service')
  service() {
    return this.capi.track('Lead')
  }

  @Get('scoped')
  scoped() {
    return this.capi.with({ pixelId: '99887766', consent: 'granted' }).track('Lead')
  }

  @Get('granted')
  granted() {
    this.capi.setConsent('granted')
    return this.capi.context
  }

  @Get('locked')
  @UseGuards(locked)
  locked() {}
}

@Controller()
class Shop {
  @Get('page')
  @TrackEvent('ViewContent')
  page() {
    return 'page'
  }

  @Get('skipped')
  @SkipCapi()
  @TrackEvent('ViewContent')
  skipped() {
    return 'skipped'
  }

  @Get('lead')
  lead(@CapiContext() capi: RequestTracker) {
    return capi.track('Lead')
  }

  @Get('own-cookie')
  @Header('Set-Cookie', 'session=1; Path=/')
  own() {
    return 'own'
  }

  @Get('raw')
  raw(@Res() response: RawResponse) {
    const raw = response.raw ?? response
    response.hijack?.()
    raw.writeHead(200, { 'set-cookie': ['session=2'] })
    raw.end('raw')
  }
}

interface RawResponse {
  readonly raw?: RawResponse
  hijack?(): void
  writeHead(status: number, headers: object): void
  end(text: string): void
}

describe.each(PLATFORMS)('on %s', (platform) => {
  const start = (options: CapiTestingOptions = {}) =>
    startApp({
      platform,
      imports: [CapiModule.forTesting(options)],
      controllers: [Health, Shop],
    })
  const cookiesOf = async (response: Promise<Response>) =>
    (await response).headers.getSetCookie().map((line) => line.split('=')[0])

  it.each(['/health', '/health/service', '/skipped', '/health/locked'])(
    '@SkipCapi tracks nothing and sets nothing: %s',
    async (path) => {
      const { app, get } = await start()
      expect(await cookiesOf(get(path))).toEqual([])
      expect(await app.get(CapiRecorder).events()).toEqual([])
    },
  )

  it('`skip` does the same for whom it names', async () => {
    const { app, get } = await start({
      skip: (request) => request.headers['user-agent']?.includes('bot') ?? false,
    })
    expect(await cookiesOf(get('/page', { ...VISITOR, 'user-agent': 'a bot' }))).toEqual([])
    expect(await cookiesOf(get('/page'))).toEqual(['_fbp'])
    expect(await app.get(CapiRecorder).events()).toHaveLength(1)
  })

  it.each([
    ['@SkipCapi', '/health', {}],
    ['@SkipCapi, by the service', '/health/service', {}],
    ['@SkipCapi, with a pixel and a consent of its own', '/health/scoped', {}],
    ['skip', '/lead', { skip: () => true }],
  ] as const)('a receipt of a skipped request says `disabled`: %s', async (_way, path, options) => {
    const { get } = await start(options)
    expect(await (await get(path)).json()).toMatchObject({
      outcome: 'dropped',
      reason: 'disabled',
      issues: [],
    })
  })

  it('a job tracks nothing with the context of a skipped request, whatever consent it passes', async () => {
    const { app, get } = await start()
    const context = (await (await get('/health/granted')).json()) as RequestTracker['context']
    expect(context).toEqual({ v: 1, action_source: 'website', consent: 'denied', pixelId: [] })
    const capi = app.get(CapiService)
    const event = { user_data: { external_id: 1 } }
    const receipts = [
      await capi.with(context).track('Lead', {}, event),
      await capi.with({ ...context, consent: 'granted' }).track('Lead', {}, event),
    ]
    expect(receipts.map((receipt) => receipt.reason)).toEqual(['consent', 'disabled'])
    expect(await app.get(CapiRecorder).events()).toEqual([])
  })

  it('cookies go out with a page, beside the application’s own', async () => {
    const { get } = await start()
    expect(await cookiesOf(get('/page?fbclid=AbC'))).toEqual(['_fbc', '_fbp'])
    expect(await cookiesOf(get('/own-cookie'))).toEqual(['session', '_fbp'])
    expect(await cookiesOf(get('/raw'))).toEqual(['session', '_fbp'])
    expect(await cookiesOf(get('/nowhere'))).toEqual(['_fbp'])
  })

  it.each([
    ['data', { accept: 'application/json' }, {}],
    ['an image', { ...VISITOR, 'sec-fetch-dest': 'image' }, {}],
    ['an application that sets none', VISITOR, { cookies: false }],
    ['a visitor without consent', VISITOR, { consent: 'denied' }],
  ] as const)('cookies stay away from %s', async (_name, headers, options) => {
    const { get } = await start(options)
    expect(await cookiesOf(get('/page?fbclid=AbC', headers))).toEqual([])
  })

  it('works under a global prefix and beside excluded routes', async () => {
    const { app, get } = await startApp({
      platform,
      imports: [
        CapiModule.forTesting({ cookieDomain: 'shop.example', siteUrl: 'https://shop.example' }),
      ],
      controllers: [Shop],
      prepare: (one) => one.setGlobalPrefix('v1', { exclude: ['own-cookie'] }),
    })
    await get('/v1/page')
    expect((await get('/own-cookie')).headers.getSetCookie()[1]).toContain('Domain=shop.example')
    const [event] = await app.get(CapiRecorder).events()
    expect(event?.event_source_url).toBe('https://shop.example/v1/page')
  })

  it('a handler that asks for a client there is not is told so', async () => {
    @Controller()
    class Lost {
      @Get()
      lost(@CapiContext('elsewhere') capi: RequestTracker) {
        return capi.context
      }
    }
    const { get } = await startApp({
      platform,
      imports: [CapiModule.forTesting()],
      controllers: [Lost],
    })
    expect((await get('/')).status).toBe(500)
  })
})

it('says once that a proxy stands in front that is not trusted', async () => {
  const lines: string[] = []
  const logger = { warn: (line: string) => lines.push(line), error() {} }
  for (const platform of PLATFORMS) {
    const { get } = await startApp({
      platform,
      trustProxy: false,
      imports: [CapiModule.forTesting({ logger })],
      controllers: [Shop],
    })
    await get('/page')
    await get('/page')
  }
  expect(lines.filter((line) => line.includes('trust_proxy_unset'))).toHaveLength(2)
})
