import 'reflect-metadata'
import assert from 'node:assert/strict'
import { CapiModule, type CapiService, InjectCapi, TrackEvent } from '@capi/nest'
import { Controller, Get, Module, Post } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { assertOneEvent, EMAIL, runProgram, startEmulator } from './one-event.js'

@Controller()
class ShopController {
  private readonly capi: CapiService
  constructor(@InjectCapi() capi: CapiService) {
    this.capi = capi
  }

  @Post('checkout')
  async checkout(): Promise<{ outcome: string }> {
    const { outcome } = await this.capi.track(
      'Purchase',
      { value: 12.5, currency: 'EUR' },
      { event_id: this.capi.eventId('order', 1001), user_data: { em: EMAIL } },
    )
    return { outcome }
  }

  @Get('lead')
  @TrackEvent('Lead', { eventId: () => 'lead.1', user: () => ({ em: EMAIL }) })
  lead(): { ok: boolean } {
    return { ok: true }
  }
}

runProgram(async () => {
  const { emulator, options } = await startEmulator()
  @Module({
    imports: [CapiModule.forRootAsync({ useFactory: () => options })],
    controllers: [ShopController],
  })
  class AppModule {}

  const app = await NestFactory.create(AppModule, { logger: false, abortOnError: false })
  app.enableShutdownHooks()
  await app.listen(0, '127.0.0.1')
  const url = await app.getUrl()
  const answer = await fetch(`${url}/checkout`, { method: 'POST' })
  assert.deepEqual(await answer.json(), { outcome: 'accepted' })
  await assertOneEvent(emulator, 'Purchase', 'order.1001')
  emulator.clear()
  assert.deepEqual(await (await fetch(`${url}/lead`)).json(), { ok: true })
  await assertOneEvent(emulator, 'Lead', 'lead.1')
  await app.close()
  await emulator.close()
})
