import 'reflect-metadata'
import { Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { describe, expect, it } from 'vitest'
import { CapiModule, CapiRecorder, CapiService } from '../src/index.ts'

describe('without a request', () => {
  it('is the plain client', async () => {
    @Module({ imports: [CapiModule.forTesting()] })
    class AppModule {}
    const app = await NestFactory.createApplicationContext(AppModule, { logger: false })
    const capi = app.get(CapiService)
    capi.setUser({ em: 'nobody@example.com' })
    capi.setConsent('denied')
    const receipt = await capi.track(
      'Lead',
      {},
      { action_source: 'phone_call', user_data: { ph: '+41791234567' } },
    )
    expect(receipt.outcome).toBe('accepted')
    expect(capi.request).toBeUndefined()
    expect(capi.context).toEqual({})
    expect(capi.consent).toBeUndefined()
    expect(capi.eventId()).toMatch(/^[0-9a-f-]{36}$/)
    expect((await capi.stats()).tracked).toBe(1)
    const [event] = await app.get(CapiRecorder).events()
    expect(event?.user_data).toEqual({ ph: [expect.any(String)] })
    await app.close()
  })

  it('says of an event that lacks its action source what is missing', async () => {
    @Module({ imports: [CapiModule.forTesting()] })
    class AppModule {}
    const app = await NestFactory.createApplicationContext(AppModule, { logger: false })
    const receipt = await app.get(CapiService).track('Lead')
    expect(receipt).toMatchObject({ outcome: 'dropped', reason: 'invalid' })
    expect(receipt.issues[0]?.path).toBe('action_source')
    await app.close()
  })

  it('sends and waits for the answer', async () => {
    @Module({ imports: [CapiModule.forTesting()] })
    class AppModule {}
    const app = await NestFactory.createApplicationContext(AppModule, { logger: false })
    const result = await app
      .get(CapiService)
      .send({ event_name: 'Lead', action_source: 'chat', user_data: { external_id: 1 } })
    expect(result.events_received).toBe(1)
    expect(await app.get(CapiService).deadLetters.list()).toEqual([])
    await app.close()
  })
})
