import type { RequestTracker, Scope } from '@capi/core'
import { type ArgumentsHost, Catch, Controller, Get, Module, UseFilters } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import {
  ClientProxyFactory,
  MessagePattern,
  type MicroserviceOptions,
  Payload,
  Transport,
} from '@nestjs/microservices'
import { firstValueFrom, of } from 'rxjs'
import { expect, it, onTestFinished } from 'vitest'
import {
  CapiContext,
  CapiModule,
  CapiRecorder,
  type CapiService,
  InjectCapi,
  SkipCapi,
  TrackEvent,
} from '../src/index.ts'

@Catch()
class AsText {
  catch(error: Error, _host: ArgumentsHost) {
    return of(`refused: ${error.message}`)
  }
}

interface Job {
  readonly id: number
  readonly context: Scope
}

@Controller()
class Worker {
  readonly capi: CapiService
  constructor(@InjectCapi() capi: CapiService) {
    this.capi = capi
  }

  @MessagePattern('service')
  async service(@Payload() job: Job) {
    const web = this.capi.with(job.context)
    const receipt = await web.track('Lead', {}, { event_id: `service.${job.id}` })
    return { outcome: receipt.outcome, hasRequest: this.capi.request !== undefined }
  }

  @MessagePattern('decorated')
  @TrackEvent('Contact', {
    scope: (job: Job) => job.context,
    eventId: (job) => `decorated.${job.id}`,
  })
  decorated(@Payload() job: Job) {
    return job
  }

  @MessagePattern('skipped')
  @SkipCapi()
  skipped(@Payload() _nothing: string) {
    return 'fine'
  }

  @MessagePattern('parameter')
  @UseFilters(AsText)
  parameter(@CapiContext() capi: RequestTracker) {
    return capi.context
  }

  @Get()
  web() {
    return this.capi.track('ViewContent', {}, { event_id: 'web' })
  }
}

it('works in messages, which have no request, beside one that has', async () => {
  @Module({ imports: [CapiModule.forTesting()], controllers: [Worker] })
  class AppModule {}
  const app = await NestFactory.create(AppModule, { logger: false })
  const service = app.connectMicroservice<MicroserviceOptions>({
    transport: Transport.TCP,
    options: { host: '127.0.0.1', port: 0 },
  })
  await app.startAllMicroservices()
  await app.listen(0, '127.0.0.1')
  const port = portOf(service)
  const client = ClientProxyFactory.create({
    transport: Transport.TCP,
    options: { host: '127.0.0.1', port },
  })
  onTestFinished(async () => {
    await client.close()
    await app.close()
  })
  const call = (pattern: string, payload: unknown): Promise<unknown> =>
    firstValueFrom(client.send(pattern, payload))

  const context = {
    action_source: 'website',
    user_data: { external_id: '7', client_user_agent: 'UA' },
  }
  const web = { ...context, event_source_url: 'https://shop.example/' }
  expect(await call('service', { id: 1, context: web })).toEqual({
    outcome: 'accepted',
    hasRequest: false,
  })
  await call('decorated', { id: 2, context: web })
  expect(await call('skipped', '')).toBe('fine')
  expect(await call('parameter', {})).toContain('Inject CapiService')
  await fetch(await app.getUrl(), { headers: { 'user-agent': 'UA/web' } })

  const events = await app.get(CapiRecorder).events()
  expect(events.map(({ event_id, user_data }) => [event_id, user_data.client_user_agent])).toEqual([
    ['service.1', 'UA'],
    ['decorated.2', 'UA'],
    ['web', 'UA/web'],
  ])
})

function portOf(service: object): number {
  const { serverInstance } = service as {
    serverInstance: { server: { address(): { port: number } } }
  }
  return serverInstance.server.address().port
}
