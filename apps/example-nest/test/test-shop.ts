import 'reflect-metadata'
import { CapiModule, CapiRecorder, type CapiTestingOptions } from '@capi/nest'
import type { NestExpressApplication } from '@nestjs/platform-express'
import { Test } from '@nestjs/testing'
import { onTestFinished } from 'vitest'
import { AppModule, capiModule } from '../src/app.module.ts'
import { capiOptions } from '../src/capi-options.ts'

export const ANNA = {
  'user-agent': 'Mozilla/5.0 Test',
  'x-consent': 'granted',
  'x-customer-id': 'customer-7',
  'x-forwarded-for': '203.0.113.7',
}

/** The real shop on a free port; only the network to Meta is another. */
export async function startShop(options: CapiTestingOptions = {}) {
  const { consent, user, skip } = capiOptions({ get: () => undefined } as never, {
    close: async () => {},
  })
  const testing = await Test.createTestingModule({ imports: [AppModule] })
    .overrideModule(capiModule)
    .useModule(CapiModule.forTesting({ ...(consent && { consent }), user, skip, ...options }))
    .compile()
  const app = testing.createNestApplication<NestExpressApplication>()
  app.set('trust proxy', 'loopback')
  await app.listen(0, '127.0.0.1')
  onTestFinished(() => app.close())
  const url = await app.getUrl()
  return {
    app,
    recorder: app.get(CapiRecorder),
    get: (path: string, headers: Record<string, string> = ANNA) => fetch(url + path, { headers }),
    post: (path: string, body: unknown, headers: Record<string, string> = ANNA) =>
      fetch(url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      }),
  }
}
