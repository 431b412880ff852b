import 'reflect-metadata'
import { NestFactory } from '@nestjs/core'
import type { NestExpressApplication } from '@nestjs/platform-express'
import { AppModule } from './app.module.ts'

export async function createApp(): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule)
  app.set('trust proxy', 'loopback') // the proxies whose X-Forwarded-For is true
  app.enableShutdownHooks([], { useProcessExit: true }) // Ctrl-C and SIGTERM send what waits
  return app
}
