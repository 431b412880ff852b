import { isIP } from 'node:net'
import { Hono } from 'hono'
import type { CallVariables } from '../calls/call-draft.ts'
import type { EventStore } from '../store/event-store.ts'
import { capturePixelCall, type Visitor } from './capture-pixel-call.ts'
import { FBEVENTS } from './fbevents.ts'
import { readPixelCall } from './read-pixel-call.ts'

/** A transparent GIF of one pixel. */
const GIF = Uint8Array.from(
  atob('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'),
  (character) => character.charCodeAt(0),
)

/** Any page may report here, as at Meta. */
const ANY_ORIGIN = { 'access-control-allow-origin': '*', 'cache-control': 'no-store' }

/** Where the browser's pixel reports. It takes everything and never refuses. */
export function pixelRoute(store: EventStore): Hono<CallVariables> {
  const app = new Hono<CallVariables>()

  app.on(['GET', 'POST'], ['/tr', '/tr/'], async (c) => {
    const draft = c.get('call')
    draft.source = 'browser'
    const fields = await readPixelCall(c.req.raw, draft)
    const event = capturePixelCall(fields, visitorOf(c.req.raw.headers))
    draft.pixelId = event?.pixel_id ?? ''
    if (event) {
      draft.payloads = [event.payload]
      draft.events = store.add([event], draft.id, draft.bytes)
    }
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

  // Any locale, as at Meta; the short path is for who loads it by hand.
  for (const path of ['/fbevents.js', '/:locale{[a-z]+_[A-Z]+}/fbevents.js']) {
    app.get(path, (c) => c.body(FBEVENTS, 200, SCRIPT))
  }

  return app
}

const SCRIPT = {
  'content-type': 'text/javascript; charset=utf-8',
  'cache-control': 'no-store',
  // A page that isolates itself must still be able to load it.
  'cross-origin-resource-policy': 'cross-origin',
}

/**
 * Locally every browser is on this machine, so an address is known only where a proxy or a test names one.
 * What it names is shown, never trusted.
 */
function visitorOf(headers: Headers): Visitor {
  const address = headers.get('x-forwarded-for')?.split(',')[0]?.trim()
  const agent = headers.get('user-agent')
  return {
    ...(address !== undefined && isIP(address) !== 0 && { client_ip_address: address }),
    ...(agent !== null && agent !== '' && { client_user_agent: agent }),
  }
}
