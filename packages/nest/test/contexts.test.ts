import type { RequestTracker } from '@capi/core'
import {
  Controller,
  type ExecutionContext,
  Get,
  Inject,
  Injectable,
  type NestInterceptor,
  Scope,
  UseInterceptors,
} from '@nestjs/common'
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js'
import { describe, expect, it } from 'vitest'
import {
  CapiContext,
  CapiModule,
  CapiRecorder,
  CapiService,
  InjectCapi,
  TrackEvent,
} from '../src/index.ts'
import { visitsOf } from '../src/visits.ts'
import { PLATFORMS, startApp } from './start-app.ts'

@Injectable({ scope: Scope.REQUEST })
class PerRequest {
  readonly capi: CapiService
  constructor(@Inject(CapiService) capi: CapiService) {
    this.capi = capi
  }
}

/** What a GraphQL driver hands its resolvers, by way of Nest. */
const asGraphql: NestInterceptor = {
  intercept(context, next) {
    const req: unknown = context.switchToHttp().getRequest()
    const graphql = new ExecutionContextHost([{}, {}, { req }, {}])
    graphql.setType('graphql')
    const visits = visitsOf(graphql as ExecutionContext)
    visits?.get('')?.hosted.tracker.setUser({ external_id: 'from-graphql' })
    return next.handle()
  },
}

@Controller()
class Shop {
  readonly own: PerRequest
  readonly capi: CapiService
  constructor(@Inject(PerRequest) own: PerRequest, @InjectCapi() capi: CapiService) {
    this.own = own
    this.capi = capi
  }

  @Get('scoped')
  @TrackEvent('ViewContent')
  async scoped(@CapiContext() capi: RequestTracker) {
    await this.own.capi.track('Lead')
    return this.own.capi === this.capi && this.capi.request === capi
  }

  @Get('graphql')
  @UseInterceptors(asGraphql)
  graphql() {
    return this.capi.track('Lead')
  }
}

describe.each(PLATFORMS)('on %s', (platform) => {
  const start = () =>
    startApp({
      platform,
      imports: [CapiModule.forTesting()],
      controllers: [Shop],
      providers: [PerRequest],
    })

  it('serves providers and controllers that Nest makes for each request', async () => {
    const { app, get } = await start()
    expect(await (await get('/scoped')).text()).toBe('true')
    const events = await app.get(CapiRecorder).events()
    expect(events.map((event) => event.event_name)).toEqual(['Lead', 'ViewContent'])
    expect(new Set(events.map((event) => event.user_data.fbp)).size).toBe(1)
  })

  it('finds the request in a GraphQL context', async () => {
    const { app, get } = await start()
    await get('/graphql')
    const [event] = await app.get(CapiRecorder).events()
    expect(event?.user_data.external_id).toHaveLength(1)
  })
})
