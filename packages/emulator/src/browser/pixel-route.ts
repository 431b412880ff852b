import { Hono } from 'hono'
import type { EventStore } from '../store/event-store.ts'
import { capturePixelCall } from './capture-pixel-call.ts'
import { readPixelCall } from './read-pixel-call.ts'

/** A transparent GIF of one pixel. */
const GIF = Uint8Array.from(
  atob('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'),
  (character) => character.charCodeAt(0),
)

/** Any page may report here, as at Meta. */
const ANY_ORIGIN = { 'access-control-allow-origin': '*', 'cache-control': 'no-store' }

/** Where the browser's pixel reports. It takes everything and never refuses. */
export function pixelRoute(store: EventStore): Hono {
  const app = new Hono()

  app.on(['GET', 'POST'], ['/tr', '/tr/'], async (c) => {
    const event = capturePixelCall(await readPixelCall(c.req.raw))
    if (event) store.add([event])
    return c.req.method === 'POST'
      ? c.body(null, 200, ANY_ORIGIN)
      : c.body(GIF, 200, { ...ANY_ORIGIN, 'content-type': 'image/gif' })
  })

  app.on('OPTIONS', ['/tr', '/tr/'], (c) =>
    c.body(null, 204, {
      ...ANY_ORIGIN,
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': 'content-type',
    }),
  )

  return app
}
