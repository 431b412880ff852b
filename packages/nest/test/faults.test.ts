import { memoryOutbox } from '@capi/core'
import { Controller, Get } from '@nestjs/common'
import { describe, expect, it, onTestFinished } from 'vitest'
import {
  CapiContext,
  CapiModule,
  type CapiService,
  type CapiTestingOptions,
  InjectCapi,
  TrackEvent,
} from '../src/index.ts'
import { PLATFORMS, startApp } from './start-app.ts'

@Controller()
class Shop {
  readonly capi: CapiService
  constructor(@InjectCapi() capi: CapiService) {
    this.capi = capi
  }

  @Get('plain')
  plain() {
    return 'ok'
  }

  @Get('track')
  async track(@CapiContext() capi: { readonly context: unknown }) {
    await this.capi.track('Lead')
    await this.capi.track('Purchase', { value: -1, currency: String('$') })
    const contexts = [capi.context, this.capi.context]
    if (contexts.length !== 2) throw new Error('two contexts')
    this.capi.setUser(hostile({}))
    this.capi.setConsent('granted')
    await this.capi.with({ custom_data: { content_name: 'x' } }).track('Lead')
    return 'ok'
  }

  @Get('decorated')
  @TrackEvent('Lead')
  decorated() {
    return 'ok'
  }
}

const boom = (): never => {
  throw new Error('boom')
}
const reject = (): never => Promise.reject(new Error('boom')) as never
/** Throws at every touch. */
const hostile = (target: object) => new Proxy(target, { get: boom, ownKeys: boom, has: boom })

const failingOutbox = () => {
  const outbox = memoryOutbox()
  return new Proxy(outbox, {
    get: (target, key) => (key === 'put' ? reject : Reflect.get(target, key)),
  })
}

const HOOKS = ['consent', 'user', 'clientIp', 'cookieDomain', 'skip'] as const
const CLIENT_HOOKS = [
  'onIssue',
  'onDropped',
  'onDelivered',
  'fetch',
  'parsePhone',
  'accessToken',
] as const

const FAULTS: readonly [name: string, options: CapiTestingOptions][] = [
  ...HOOKS.flatMap((hook): [string, CapiTestingOptions][] => [
    [`${hook} throws`, { [hook]: boom }],
    [`${hook} rejects`, { [hook]: reject }],
    [`${hook} gives something hostile`, { [hook]: () => hostile({}) }],
    [`${hook} gives a symbol`, { [hook]: () => Symbol('x') }],
  ]),
  ...CLIENT_HOOKS.flatMap((hook): [string, CapiTestingOptions][] => [
    [`${hook} throws`, { [hook]: boom }],
    [`${hook} rejects`, { [hook]: reject }],
  ]),
  ['the logger throws', { logger: { warn: boom, error: boom }, accessToken: undefined }],
  ['the outbox rejects', { outbox: failingOutbox() }],
  ['the random numbers throw', { random: boom }],
]

describe.each(PLATFORMS)('no fault fails a request on %s', (platform) => {
  it.each(FAULTS)('%s', async (_name, fault) => {
    const rejections: unknown[] = []
    const listen = (reason: unknown) => rejections.push(reason)
    process.on('unhandledRejection', listen)
    onTestFinished(() => void process.off('unhandledRejection', listen))
    const { get } = await startApp({
      platform,
      imports: [
        CapiModule.forRoot({
          pixelId: '1234567890',
          accessToken: 'token',
          logger: { warn() {}, error() {} },
          batch: { maxWaitMs: 0 },
          shutdownTimeoutMs: 50,
          fetch: () => Promise.resolve(Response.json({ events_received: 1 })),
          ...fault,
        }),
      ],
      controllers: [Shop],
    })
    for (const path of ['/plain', '/track?fbclid=AbC', '/decorated']) {
      const response = await get(path)
      expect([path, response.status, await response.text()]).toEqual([path, 200, 'ok'])
    }
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(rejections).toEqual([])
  })
})
