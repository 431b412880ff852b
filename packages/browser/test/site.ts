import { createServer } from 'node:http'
import { createCapi } from '@capi/core'
import { createRequestTracker, requestContext } from '@capi/core/adapter'
import { collect, collectorOptions, serveNode, signEvent } from '@capi/core/collector'
import { createEmulator, type Emulator } from '@capi/emulator'
import { expect } from 'vitest'
import { script } from '../src/script.ts'

export const PIXEL_ID = '1234567890'
const SECRET = 'a-secret-of-the-tests'

/** A site with a collector, and Meta's stand-in. */
export interface Site {
  readonly emulator: Emulator
  readonly port: number
  /** Where Meta's script is. */
  readonly pixelUrl: string
  /** What the pages hold from now on: scripts, mostly. */
  show(html: string, headers?: Readonly<Record<string, string>>): void
  /** A ticket for a sale. */
  sign(
    event_id: string,
    custom_data: { value: number; currency: 'EUR'; content_name?: string },
  ): string
  /** Paths that were asked for. */
  readonly asked: readonly string[]
  /** Why events were refused. */
  readonly refused: readonly string[]
  /** What has arrived at Meta: `browser` or `server`, the event's name and id, one text each, sorted. Waits for so many. */
  arrived(count: number): Promise<readonly string[]>
  close(): Promise<void>
}

export async function startSite(): Promise<Site> {
  const emulator = createEmulator()
  const { url } = await emulator.listen({ port: 0 })
  const client = createCapi({ pixelId: PIXEL_ID, accessToken: 'any-token', baseUrl: url })
  const refused: string[] = []
  const asked: string[] = []
  let page = { html: '', headers: {} as Readonly<Record<string, string>> }
  const server = createServer((req, res) => {
    const { host = '' } = req.headers
    asked.push(req.url ?? '')
    if (req.url?.startsWith('/events') !== true) {
      res.writeHead(200, { 'content-type': 'text/html', ...page.headers })
      return void res.end(`<!doctype html><link rel="icon" href="data:,">${page.html}`)
    }
    const header = (name: string) => req.headers[name] as string | undefined
    const tracker = createRequestTracker(client, () =>
      requestContext({ url: `http://${host}${req.url}`, header, clientIp: '203.0.113.7' }),
    )
    void serveNode(req, res, (request) => collect(request, tracker, options))
  })
  await new Promise<void>((resolve) => server.listen(0, resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const hosts = [
    'http://localhost',
    'http://127.0.0.1',
    'http://www.shop.test',
    'https://www.shop.test',
  ]
  const options = collectorOptions({
    allowedOrigins: hosts.flatMap((origin) => [origin, `${origin}:${port}`]),
    events: ['PageView', 'ViewContent', 'AddToCart', 'Lead', 'Purchase', 'Scrolled'],
    signingSecret: SECRET,
    rateLimit: { burst: 1_000 },
    script,
    onRefused: (reason) => void refused.push(reason),
  })
  const texts = () =>
    emulator
      .events()
      .map(({ source, event_name, event_id }) => `${source} ${event_name} ${event_id}`)
  return {
    emulator,
    port,
    pixelUrl: `${url}/en_US/fbevents.js`,
    show(html, headers = {}) {
      page = { html, headers }
    },
    sign: (event_id, custom_data) => signEvent({ secret: SECRET, event_id, custom_data }),
    asked,
    refused,
    async arrived(count) {
      await expect
        .poll(
          async () => {
            await client.flush()
            return texts().length
          },
          { timeout: 15_000 },
        )
        .toBeGreaterThanOrEqual(count)
      return texts().sort()
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await client.close({ timeoutMs: 0 })
      await emulator.close()
    },
  }
}
