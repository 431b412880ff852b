import 'reflect-metadata'
import type {
  DynamicModule,
  ForwardReference,
  INestApplication,
  Provider,
  Type,
} from '@nestjs/common'
import { Module } from '@nestjs/common'
import { type AbstractHttpAdapter, NestFactory } from '@nestjs/core'
import { ExpressAdapter, type NestExpressApplication } from '@nestjs/platform-express'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import { onTestFinished } from 'vitest'

export type Platform = 'express' | 'fastify'
export const PLATFORMS: readonly Platform[] = ['express', 'fastify']

/** A visitor behind the one trusted proxy, on a page. */
export const VISITOR = {
  accept: 'text/html',
  'user-agent': 'UA/1',
  'x-forwarded-for': '203.0.113.7',
  'x-forwarded-proto': 'https',
  'x-forwarded-host': 'shop.example',
}

export interface AppParts {
  readonly imports?: (Type | DynamicModule | ForwardReference | Promise<DynamicModule>)[]
  readonly controllers?: Type[]
  readonly providers?: Provider[]
  readonly platform?: Platform
  readonly trustProxy?: boolean
  readonly prepare?: (app: INestApplication) => void
}

export interface RunningApp {
  readonly app: INestApplication
  readonly url: string
  readonly get: (path: string, headers?: Record<string, string>) => Promise<Response>
}

/** A real application on a free port, until the test ends. */
export async function startApp(parts: AppParts): Promise<RunningApp> {
  class AppModule {}
  Module({
    imports: parts.imports ?? [],
    controllers: parts.controllers ?? [],
    providers: parts.providers ?? [],
  })(AppModule)
  const app = await NestFactory.create(AppModule, adapterOf(parts), {
    logger: false,
    abortOnError: false,
  })
  if (parts.platform !== 'fastify' && parts.trustProxy !== false) {
    ;(app as NestExpressApplication).set('trust proxy', 'loopback')
  }
  parts.prepare?.(app)
  await app.listen(0, '127.0.0.1')
  onTestFinished(async () => {
    await app.close()
  })
  const url = (await app.getUrl()).replace('[::1]', '127.0.0.1')
  return { app, url, get: (path, headers = VISITOR) => fetch(url + path, { headers }) }
}

function adapterOf({ platform, trustProxy = true }: AppParts): AbstractHttpAdapter {
  return platform === 'fastify'
    ? new FastifyAdapter({
        trustProxy: trustProxy ? 'loopback' : false,
        forceCloseConnections: true,
      })
    : new ExpressAdapter()
}
