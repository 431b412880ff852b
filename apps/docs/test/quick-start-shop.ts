import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CONTENT } from '../generate/places.ts'

export const PIXEL_ID = '1234567890'

/** The shop of the quick start, as a reader would save it. */
function shopCode(): string {
  const page = readFileSync(join(CONTENT, 'quick-start.md'), 'utf8')
  const [, code] = /^```ts title="shop.mjs"\n(.*?)^```$/ms.exec(page) ?? []
  if (code === undefined) throw new Error('The quick start has no shop.mjs')
  return code
}

/** Runs it in a process of its own, where it finds the packages' sources. */
export async function startShop(
  emulatorUrl: string,
): Promise<{ url: string; stop: () => Promise<void> }> {
  const folder = mkdtempSync(
    fileURLToPath(new URL('../node_modules/.quick-start-', import.meta.url)),
  )
  writeFileSync(join(folder, 'shop.mjs'), shopCode())
  const port = await freePort()
  const shop = spawn(process.execPath, ['--conditions=@capi/source', join(folder, 'shop.mjs')], {
    env: {
      ...process.env,
      CAPI_BASE_URL: emulatorUrl,
      META_PIXEL_ID: PIXEL_ID,
      META_CAPI_ACCESS_TOKEN: 'any-token',
      PORT: String(port),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(shop, 'exit')
  const stop = async () => {
    shop.kill('SIGTERM')
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
  const said = await Promise.race([once(shop.stdout, 'data').then(String), ended.then(() => '')])
  const [url] = /http:\S+/.exec(said) ?? []
  if (url === undefined) {
    await stop()
    throw new Error('The shop of the quick start did not start')
  }
  return { url: url.replace('localhost', '127.0.0.1'), stop }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0)
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('No port is free')
  return address.port
}
