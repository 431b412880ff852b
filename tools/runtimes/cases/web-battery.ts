import {
  answerHeaders,
  CASE_HEADER,
  CONTEXT_HEADER,
  PEER_HEADER,
  REQUEST_CASES,
  type RequestCase,
  type RequestSetup,
} from '@capi/testing/remote-cases'
import { type CapiWeb, type CapiWebOptions, capiWeb, type RequestCapi } from '@capi/web'
import { capi } from '@capi/web/hono'
import { Hono } from 'hono'

const quiet = { warn() {}, error() {} }

/** The adapter as the case has it set up. */
function optionsOf({ trust, clientIp, ...setup }: RequestSetup = {}): CapiWebOptions {
  const address = clientIp ?? (typeof trust === 'number' ? trust : undefined)
  return { pixelId: '1234567890', accessToken: 'token', logger: quiet, ...setup, address }
}

const webs = new Map<RequestSetup | undefined, CapiWeb>()
const apps = new Map<RequestSetup | undefined, Hono>()

function made<T>(map: Map<RequestSetup | undefined, T>, one: RequestCase, make: () => T): T {
  const known = map.get(one.setup) ?? make()
  map.set(one.setup, known)
  return known
}

function answerOf(one: RequestCase, tracker: RequestCapi): Response {
  const headers = answerHeaders(one)
  headers.set(CONTEXT_HEADER, encodeURIComponent(JSON.stringify(tracker.context)))
  return new Response('ok', { headers })
}

function appOf(one: RequestCase): Hono {
  const app = new Hono()
  app.use(capi(optionsOf(one.setup)))
  app.all('*', (c) => answerOf(caseOf(c.req.raw), c.get('capi')))
  return app
}

function caseOf(request: Request): RequestCase {
  const one = REQUEST_CASES[Number(request.headers.get(CASE_HEADER))]
  if (one === undefined) throw new Error('no such case')
  return one
}

/** Answers a request of `remoteBattery`: with `capiWeb`, or with Hono. */
export async function answerCase(
  adapter: string,
  request: Request,
  context?: { waitUntil(work: Promise<unknown>): void },
): Promise<Response> {
  const one = caseOf(request)
  const remoteAddress = request.headers.get(PEER_HEADER) ?? undefined
  if (adapter === 'hono') {
    // As the server of Node.js hands its request to Hono.
    const env = { incoming: { socket: { remoteAddress } } }
    return made(apps, one, () => appOf(one)).fetch(request, env, context as never)
  }
  const web = made(webs, one, () => capiWeb(optionsOf(one.setup)))
  return web.handle(request, { remoteAddress, ...context }, (tracker) => answerOf(one, tracker))
}
