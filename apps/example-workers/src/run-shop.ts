import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { Miniflare } from 'miniflare'

interface ShopOptions {
  /** Of the shop; 0 is any free one. */
  readonly port: number
  /** Where the emulator listens. */
  readonly emulatorUrl: string
}

/** The shop in workerd, as Cloudflare would run it, with its queue. What wrangler.jsonc says for a deployment is said here. */
export async function runShop({ port, emulatorUrl }: ShopOptions) {
  const host = '127.0.0.1'
  const script = await bundleWorker()
  const optionsFor = (siteUrl: string) => ({
    host,
    port,
    modules: true,
    script,
    compatibilityDate: '2026-07-30',
    queueProducers: { EVENTS: 'events' },
    queueConsumers: { events: { maxBatchTimeout: 1, maxRetries: 100 } },
    bindings: {
      META_PIXEL_ID: '1234567890',
      META_CAPI_ACCESS_TOKEN: 'any-token',
      CAPI_BASE_URL: emulatorUrl,
      PIXEL_URL: `${emulatorUrl}/en_US/fbevents.js`,
      SITE_URL: siteUrl,
    },
  })
  const miniflare = new Miniflare(optionsFor(`http://${host}:${port}`))
  const { origin: url } = await miniflare.ready
  if (port === 0)
    await miniflare.setOptions({ ...optionsFor(url), port: Number(new URL(url).port) })
  return { url, close: () => miniflare.dispose() }
}

/** One file, from the sources of this repository. `wrangler deploy` does the same with installed packages. */
async function bundleWorker(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('worker.ts', import.meta.url))],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    conditions: ['@capi/source', 'workerd', 'worker', 'browser'],
    logLevel: 'error',
  })
  return outputFiles[0]?.text ?? ''
}
