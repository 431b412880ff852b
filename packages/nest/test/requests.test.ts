import 'reflect-metadata'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { RequestTracker } from '@capi/core'
import { type Answer, type RequestSetup, requestBattery } from '@capi/testing'
import { All, Controller, Module, Res } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { ExpressAdapter, type NestExpressApplication } from '@nestjs/platform-express'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import { CapiContext, CapiModule } from '../src/index.ts'

/** The shared table of requests, through an application that answers on every route. */
function appModule(every: string, setup: RequestSetup, answer: Answer) {
  const { trust: _trust, cookieDomain, ...options } = setup
  class Everything {
    answer(capi: RequestTracker, reply: ServerResponse & FastifyReply) {
      reply.hijack?.()
      answer(capi, reply.raw ?? reply)
    }
  }
  CapiContext()(Everything.prototype, 'answer', 0)
  Res()(Everything.prototype, 'answer', 1)
  const handler = Object.getOwnPropertyDescriptor(Everything.prototype, 'answer')
  All(every)(Everything.prototype, 'answer', handler as PropertyDescriptor)
  Controller()(Everything)

  class AppModule {}
  Module({
    imports: [CapiModule.forTesting({ ...options, cookieDomain: answered(cookieDomain) })],
    controllers: [Everything],
  })(AppModule)
  return AppModule
}

/** As an option a malformed domain stops the start; as the answer of a function it can still come. */
function answered(domain: RequestSetup['cookieDomain']) {
  return typeof domain === 'string' && /[^\w.-]/.test(domain) ? () => domain : domain
}

interface FastifyReply {
  readonly raw?: ServerResponse
  readonly hijack?: () => void
}

/** Both platforms refuse a path that cannot be decoded; an application may answer it by another route. */
function routable(url = '/'): string {
  try {
    decodeURI(url)
    return url
  } catch {
    return '/p'
  }
}

/** Fastify no longer believes in a mere number of proxies. */
function proxiesOf({ trust }: RequestSetup) {
  if (typeof trust === 'number') return (_address: string, distance: number) => distance < trust
  return trust === undefined ? false : [...trust]
}

const QUIET = { logger: false, abortOnError: false } as const

requestBattery({
  name: 'Nest on Express',
  async serve(setup, answer) {
    const app = await NestFactory.create<NestExpressApplication>(
      appModule('{*path}', setup, answer),
      new ExpressAdapter(),
      QUIET,
    )
    if (setup.trust !== undefined) app.set('trust proxy', setup.trust)
    app.use((request: IncomingMessage, _response: ServerResponse, next: () => void) => {
      request.url = routable(request.url)
      next()
    })
    await app.init()
    return { server: app.getHttpServer(), close: () => app.close() }
  },
})

requestBattery({
  name: 'Nest on Fastify',
  speaksHttp2: true,
  async serve(setup, answer, version) {
    const options = {
      trustProxy: proxiesOf(setup),
      forceCloseConnections: true,
      rewriteUrl: (request: { url?: string | undefined }) => routable(request.url),
    }
    const adapter =
      version === '2'
        ? new FastifyAdapter({ ...options, http2: true })
        : new FastifyAdapter(options)
    const app = await NestFactory.create(appModule('*', setup, answer), adapter, QUIET)
    const fastify = adapter.getInstance()
    fastify.addContentTypeParser('*', (_request, _body, done) => done(null))
    await app.init()
    await fastify.ready()
    return { server: app.getHttpServer(), close: () => app.close() }
  },
})
