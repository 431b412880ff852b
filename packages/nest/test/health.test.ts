import { memoryOutbox } from '@capi/core'
import { Controller, Get, Inject } from '@nestjs/common'
import { HealthCheckService, TerminusModule } from '@nestjs/terminus'
import { expect, it } from 'vitest'
import { CapiHealthIndicator } from '../src/health.ts'
import {
  CapiModule,
  CapiService,
  type CapiTestingOptions,
  getCapiToken,
  SkipCapi,
} from '../src/index.ts'
import { PLATFORMS, startApp } from './start-app.ts'

@SkipCapi()
@Controller('health')
class Health {
  readonly health: HealthCheckService
  readonly capi: CapiHealthIndicator
  constructor(
    @Inject(HealthCheckService) health: HealthCheckService,
    @Inject(CapiHealthIndicator) capi: CapiHealthIndicator,
  ) {
    this.health = health
    this.capi = capi
  }

  @Get()
  check() {
    return this.health.check([() => this.capi.isHealthy()])
  }

  @Get('brand')
  brand() {
    return this.health.check([() => this.capi.isHealthy('brand', { client: 'brand' })])
  }

  @Get('nix')
  nix() {
    return this.health.check([() => this.capi.isHealthy('meta', { client: 'nix' })])
  }
}

const SALE = { action_source: 'phone_call', user_data: { external_id: 1 } } as const
const refused = { error: { message: 'no', type: 'OAuthException', code: 190 } }

const start = (options: CapiTestingOptions, platform = PLATFORMS[0] ?? 'express') =>
  startApp({
    platform,
    imports: [
      TerminusModule.forRoot({ logger: false }),
      CapiModule.forRoot({
        pixelId: '1234567890',
        accessToken: 'token',
        logger: { warn() {}, error() {} },
        batch: { maxWaitMs: 0 },
        shutdownTimeoutMs: 0,
        ...options,
      }),
    ],
    providers: [CapiHealthIndicator],
    controllers: [Health],
  })

it.each([
  ['Meta takes everything', () => Response.json({ events_received: 1 }), 200, 'open'],
  ['Meta is down', () => new Response('', { status: 503 }), 200, 'retrying'],
  ['the token is refused', () => Response.json(refused, { status: 401 }), 503, 'paused'],
] as const)('while %s', async (_name, answer, status, state) => {
  const { app, get } = await start({ fetch: () => Promise.resolve(answer()) })
  await app.get(CapiService).track('Lead', {}, SALE)
  await app.get(CapiService).flush({ timeoutMs: 50 })
  const response = await get('/health')
  expect(response.status).toBe(status)
  expect(await response.json()).toMatchObject({
    details: { capi: { tracked: 1, pixels: { '1234567890': state } } },
  })
})

it('tells why events were dropped, and is down where there is no such client', async () => {
  const { app, get } = await start({ accessToken: undefined })
  await app.get(CapiService).track('Lead', {}, SALE)
  expect(await (await get('/health')).json()).toMatchObject({
    details: { capi: { status: 'up', dropped: { disabled: 1 } } },
  })
  const nobody = await get('/health/nix')
  expect([nobody.status, await nobody.json()]).toMatchObject([
    503,
    { details: { meta: { status: 'down', message: "no client named 'nix'" } } },
  ])
})

it('is down while the outbox does not answer, and says why, within its time', async () => {
  const counts = () => new Promise<never>(() => {})
  const { get } = await start({ outbox: { ...memoryOutbox(), counts }, putTimeoutMs: 50 })
  const response = await get('/health')
  expect([response.status, await response.json()]).toMatchObject([
    503,
    { details: { capi: { status: 'down', outbox: 'away', outboxCause: 'store_timeout' } } },
  ])
})

it('looks at the named client alone', async () => {
  const { app, get } = await startApp({
    imports: [
      TerminusModule.forRoot({ logger: false }),
      CapiModule.forTesting({
        name: 'brand',
        fetch: () => Promise.resolve(Response.json(refused, { status: 401 })),
        logger: { warn() {}, error() {} },
        shutdownTimeoutMs: 0,
      }),
    ],
    providers: [CapiHealthIndicator],
    controllers: [Health],
  })
  const brand = app.get<CapiService>(getCapiToken('brand'))
  await brand.client.track('Lead', {}, SALE)
  await brand.flush({ timeoutMs: 50 })
  expect(await (await get('/health/brand')).json()).toMatchObject({
    details: { brand: { status: 'down', pixels: { '1234567890': 'paused' } } },
  })
  expect(await (await get('/health')).json()).toMatchObject({
    details: { capi: { status: 'down', message: 'no client without a name' } },
  })
})
