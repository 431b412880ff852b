// The module comes from one copy of the package, and the decorators from the other.
import 'reflect-metadata'
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import type { CapiService } from '@capi/nest'
import { Controller, Module, Post } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { assertOneEvent, EMAIL, runProgram, startEmulator } from './one-event.js'

runProgram(async () => {
  const require = createRequire(pathToFileURL(process.argv[1] ?? ''))
  const required: typeof import('@capi/nest') = require('@capi/nest')
  const imported: typeof import('@capi/nest') = await load('@capi/nest')
  assert.notEqual(required.CapiModule, imported.CapiModule)
  assert.equal(required.getCapiToken('brand'), imported.getCapiToken('brand'))
  await serve(required.CapiModule, imported.InjectCapi)
  await serve(imported.CapiModule, required.InjectCapi)
})

/** Without the types of the other copy, which are not this one's to the compiler. */
async function load(name: string) {
  return import(name)
}

type Nest = typeof import('@capi/nest')

async function serve(
  CapiModule: Nest['CapiModule'],
  InjectCapi: Nest['InjectCapi'],
): Promise<void> {
  const { emulator, options } = await startEmulator()
  @Controller()
  class ShopController {
    private readonly capi: CapiService
    constructor(@InjectCapi('shop') capi: CapiService) {
      this.capi = capi
    }

    @Post('checkout')
    async checkout(): Promise<void> {
      await this.capi.track('Lead', {}, { event_id: 'lead.1', user_data: { em: EMAIL } })
    }
  }
  @Module({
    imports: [CapiModule.forRoot({ name: 'shop', ...options })],
    controllers: [ShopController],
  })
  class AppModule {}

  const app = await NestFactory.create(AppModule, { logger: false, abortOnError: false })
  await app.listen(0, '127.0.0.1')
  await fetch(`${await app.getUrl()}/checkout`, { method: 'POST' })
  await assertOneEvent(emulator, 'Lead', 'lead.1')
  await app.close()
  await emulator.close()
}
