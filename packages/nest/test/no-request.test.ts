import 'reflect-metadata'
import { Controller, Get, Logger, Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { describe, expect, it, vi } from 'vitest'
import { CapiModule, CapiRecorder, CapiService, InjectCapi } from '../src/index.ts'
import { PLATFORMS, startApp } from './start-app.ts'

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

  it.each(PLATFORMS)(
    'warns once that setUser and setConsent change nothing, on %s',
    async (platform) => {
      const warn = vi.spyOn(Logger.prototype, 'warn').mockImplementation(() => {})
      const lines = () => warn.mock.calls.map(([line]) => String(line))
      warn.mockClear()
      const said = (capi: CapiService) => {
        capi.setUser({ em: 'anna@example.com' })
        capi.setConsent('denied')
      }
      @Controller()
      class Shop {
        readonly capi: CapiService
        constructor(@InjectCapi() capi: CapiService) {
          this.capi = capi
        }

        @Get()
        page(): string {
          said(this.capi)
          return String(this.capi.consent)
        }
      }
      const { app, get } = await startApp({
        imports: [CapiModule.forTesting()],
        controllers: [Shop],
        platform,
      })
      expect(await (await get('/')).text()).toBe('denied')
      expect(lines()).toEqual([])
      said(app.get(CapiService))
      said(app.get(CapiService))
      expect(lines()).toEqual([
        'setUser was called outside a web request and changed nothing: events go without this user_data. Track them with capi.with({ user_data }) there. Logged once (request_missing).',
        'setConsent was called outside a web request and changed nothing: events go without this consent. Track them with capi.with({ consent }) there. Logged once (request_missing).',
      ])
      expect(lines().join()).not.toContain('anna')
      warn.mockRestore()
    },
  )

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
