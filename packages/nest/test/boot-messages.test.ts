import { Controller, Get, Module } from '@nestjs/common'
import { NestFactory, REQUEST } from '@nestjs/core'
import { describe, expect, it } from 'vitest'
import { CapiModule, type CapiModuleAsyncOptions, TrackEvent } from '../src/index.ts'
import { startApp } from './start-app.ts'

class C {
  a() {}
}

describe('the start stops, and the error says where and what to do', () => {
  it.each([
    ['a client that does not exist', [CapiModule.forTesting()], 'brnd'],
    ['no module', [], undefined],
  ])('@TrackEvent with %s', async (_what, imports, client) => {
    @Controller()
    class Orders {
      @Get()
      @TrackEvent('Lead', { client })
      place() {}
    }
    const start = startApp({ imports, controllers: [Orders] })
    await expect(start).rejects.toThrow("@TrackEvent('Lead') of Orders.place")
    const way = client === undefined ? 'CapiModule' : "CapiModule.forRoot({ name: 'brnd' })"
    await expect(start).rejects.toThrow(`which needs an import of ${way}`)
  })

  it.each([[undefined], [null], ['options']])('useFactory that returns %s', async (returned) => {
    const module = CapiModule.forRootAsync({ name: 'brand', useFactory: () => returned as never })
    const start = NestFactory.createApplicationContext(module, {
      logger: false,
      abortOnError: false,
    })
    await expect(start).rejects.toMatchObject({
      code: 'config_invalid',
      message: expect.stringMatching(/CapiModule\.forRootAsync of the client 'brand'.*useFactory/),
    })
  })

  const perRequest = (inject: CapiModuleAsyncOptions['inject'], providers: object[] = []) =>
    CapiModule.forRootAsync({
      inject,
      providers: providers as [],
      useFactory: () => ({ pixelId: '1234567890' }),
    })
  const refusal = {
    code: 'config_invalid',
    message: expect.stringContaining('capi.with({ pixelId })'),
  }

  it('options of one request', () => {
    expect(() => perRequest([REQUEST])).toThrow(expect.objectContaining(refusal))
  })

  it('options of one request, by another provider', async () => {
    const tenant = { provide: 'tenant', inject: [REQUEST], useFactory: () => ({}) }
    class AppModule {}
    Module({ imports: [perRequest(['tenant'], [tenant])], providers: [C] })(AppModule)
    await expect(startApp({ imports: [AppModule] })).rejects.toMatchObject(refusal)
  })
})
