import { type Capi, createCapi } from '@capi/core'
import { createEmulator, type Emulator } from '@capi/emulator'
import { onTestFinished } from 'vitest'
import { createShop } from '../src/create-shop.ts'
import { listen } from '../src/listen.ts'
import { createVisitor, type Visitor } from './visitor.ts'

const PIXEL_ID = '1234567890'
export const TOKEN = 'secret-token-of-the-test'

export interface TestShop {
  readonly client: Capi
  readonly emulator: Emulator
  readonly emulatorUrl: string
  readonly shopUrl: string
  readonly visitor: Visitor
  /** Everything the client logged. */
  readonly log: readonly string[]
}

/** The real shop and the real emulator on free ports, until the test ends. */
export async function startTestShop(): Promise<TestShop> {
  const log: string[] = []
  const logger = { warn: (line: string) => log.push(line), error: (line: string) => log.push(line) }
  const emulator = createEmulator()
  const { url: emulatorUrl } = await emulator.listen({ port: 0 })
  const client = createCapi({
    pixelId: PIXEL_ID,
    accessToken: TOKEN,
    baseUrl: emulatorUrl,
    logger,
  })
  const shop = await listen((req, res) => app(req, res), 0)
  const app = createShop({ client, origins: [shop.url], pixelId: PIXEL_ID, pixelUrl: emulatorUrl })
  onTestFinished(async () => {
    await client.close({ timeoutMs: 0 })
    await shop.close()
    await emulator.close()
  })
  return { client, emulator, emulatorUrl, shopUrl: shop.url, visitor: createVisitor(shop.url), log }
}
