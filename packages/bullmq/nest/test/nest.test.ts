import 'reflect-metadata'
import { bullmqOutbox } from '@capi/bullmq'
import { createEmulator } from '@capi/emulator'
import { CapiModule, CapiService } from '@capi/nest'
import { hasRedis, startRedis } from '@capi/testing'
import { BullModule, getQueueToken } from '@nestjs/bullmq'
import { Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import type { Queue } from 'bullmq'
import { expect, it, onTestFinished } from 'vitest'

it.skipIf(!hasRedis())(
  'puts and delivers over a queue that Nest injects',
  { timeout: 20_000 },
  async () => {
    const redis = await startRedis('appendonly yes')
    onTestFinished(() => redis.stop())
    const emulator = createEmulator()
    onTestFinished(() => emulator.close())
    const { url } = await emulator.listen({ port: 0 })

    class AppModule {}
    Module({
      imports: [
        BullModule.forRoot({ connection: { host: redis.host, port: redis.port } }),
        CapiModule.forRootAsync({
          imports: [BullModule.registerQueue({ name: 'capi-events' })],
          inject: [getQueueToken('capi-events')],
          useFactory: (queue: Queue) => ({
            pixelId: '1234567890',
            accessToken: 'token',
            baseUrl: url,
            outbox: bullmqOutbox({ queue }),
          }),
        }),
      ],
    })(AppModule)
    const app = await NestFactory.create(AppModule, { logger: false, abortOnError: false })
    await app.listen(0, '127.0.0.1')
    const { outcome } = await app
      .get(CapiService)
      .track('Lead', {}, { action_source: 'other', user_data: { external_id: 7 } })
    expect(outcome).toBe('accepted')
    expect((await emulator.waitForEvent({ event_name: 'Lead' })).status).toBe('processed')
    await app.close()
  },
)
