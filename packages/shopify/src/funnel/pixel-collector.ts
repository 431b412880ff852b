import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Clock, EventName, RootTracker } from '@capi/core'
import { attempt, type OptionTable, readOptions } from '@capi/core/adapter'
import {
  type CollectorTracker,
  collect,
  collectorOptions,
  corsHeaders,
  type RateLimit,
  type ReadyCollectorOptions,
  type Refusal,
  serveNode,
} from '@capi/core/collector'
import { addressOf, originsOf, type Shops, WEB_PIXEL } from '../identity/callers.ts'
import { emitUnknown } from '../read/unknown-options.ts'
import { shopDomain } from '../webhook/delivery.ts'
import type { ShopTracker } from '../webhook/options.ts'

/** Why an event of a page was not taken: core's reasons, and a shop that is not served or has no client. */
export type PixelRefusal = Refusal | 'unknown_shop'

/** Whose pages may send which events, and where these go. */
export interface PixelCollectorOptions {
  /** As of `shopifyCapi`: the client, or the one of a shop; undefined refuses the event as `unknown_shop`. */
  readonly client:
    | ShopTracker
    | ((shop: string) => ShopTracker | undefined | Promise<ShopTracker | undefined>)
  /** As of `identityEndpoint`: the shops served, by exact `myshopify.com` domain, each with its own addresses; or a function that finds them. */
  readonly shops: Shops
  /** The events taken. Default: the six that the Web Pixel sends beside Purchase, which is the webhook's. */
  readonly events?: readonly Exclude<EventName, 'Purchase'>[] | undefined
  /** How many events of a shop an address may send; default 30 at once, and 60 in each minute. */
  readonly rateLimit?: RateLimit | undefined
  /** The visitor's address where a proxy stands in front; default Express's `req.ip`, else the socket's. */
  readonly clientIp?: ((req: IncomingMessage) => string | undefined) | undefined
  /** Called with the reason when an event was not taken, since the page never learns it. What it throws is ignored. */
  readonly onRefused?: ((reason: PixelRefusal) => void) | undefined
  /** Time for limits and deadlines; default the machine's. */
  readonly clock?: Clock | undefined
}

export const COLLECTOR_OPTIONS = {
  client: 'any',
  shops: 'any',
  events: 'text',
  rateLimit: 'any',
  clientIp: 'text',
  onRefused: 'any',
  clock: 'any',
} as const satisfies OptionTable<PixelCollectorOptions>

/** What `pixelCollector()` makes: for Express or `node:http`. */
export type PixelCollector = (req: IncomingMessage, res: ServerResponse) => void

const CALLER = { name: 'pixelCollector', packageName: '@capi/shopify' }
const FUNNEL = [
  'PageView',
  'ViewContent',
  'Search',
  'AddToCart',
  'InitiateCheckout',
  'AddPaymentInfo',
] as const
/** Shops with counts of their own; a function for `shops` could name any. */
const MAX_SHOPS = 1_000

/**
 * Takes the server copies of what the Web Pixel sends to `…?shop=<its myshopify.com domain>`, for Express or `node:http`: the collector
 * of core for the pages of each shop. Address, user agent and time are the server's. Any POST is answered with 204, whatever became of it.
 * @throws CapiConfigError for options that the collector refuses.
 * @example
 * app.all('/capi/events', pixelCollector({ client: capi, shops: { 'kobalt.myshopify.com': ['https://kobalt.example'] } }))
 */
export function pixelCollector(given: PixelCollectorOptions): PixelCollector {
  const reader = { name: CALLER.name, table: COLLECTOR_OPTIONS, warn: emitUnknown }
  const options = readOptions(given, reader)
  const readyFor = readyShops(options)
  // What it refuses stops the start, not the first event.
  readyFor('', [])

  async function answer(request: Request, address: string): Promise<Response> {
    const refuse = (reason: PixelRefusal) => attempt(() => options.onRefused?.(reason))
    const shop = shopDomain(new URL(request.url).searchParams.get('shop'))
    const origins = shop === undefined ? undefined : await originsOf(shop, options.shops)
    const client =
      shop === undefined || origins === undefined ? undefined : await clientOf(shop, options)
    if (shop === undefined || origins === undefined || client === undefined) {
      refuse('unknown_shop')
      return new Response(null, { status: 204, headers: corsHeaders(request, []) })
    }
    const tracker = trackerOf(client, { shop, address, agent: request.headers.get('user-agent') })
    const ready = readyFor(shop, [...origins, WEB_PIXEL])
    return await collect(request, tracker, { ...ready, clientIp: address, onRefused: refuse })
  }

  return (req, res) => {
    // void: nothing in it rejects.
    void serveNode(req, res, async (request) => {
      const work = (async () => answer(request, addressOf(req, options)))()
      return await work.catch(() => {
        attempt(() => options.onRefused?.('failed'))
        return new Response(null, { status: 204, headers: corsHeaders(request, []) })
      })
    })
  }
}

interface Caller {
  readonly shop: string
  readonly address: string
  readonly agent: string | null
}

function trackerOf(client: ShopTracker, { shop, address, agent }: Caller): CollectorTracker {
  return (client as RootTracker).with({
    action_source: 'website',
    event_source_url: `https://${shop}/`,
    user_data: {
      ...(address !== '' && { client_ip_address: address }),
      ...(agent !== null && { client_user_agent: agent }),
    },
  })
}

async function clientOf(
  shop: string,
  { client }: PixelCollectorOptions,
): Promise<ShopTracker | undefined> {
  return typeof client === 'function' ? await client(shop) : client
}

/** The collector of each shop, which counts its callers; a shop whose addresses change begins anew. */
function readyShops({ events = FUNNEL, rateLimit, clock }: PixelCollectorOptions) {
  const known = new Map<string, ReadyCollectorOptions>()
  return (shop: string, allowedOrigins: readonly string[]): ReadyCollectorOptions => {
    const key = [shop, ...allowedOrigins].join(' ')
    const ready =
      known.get(key) ?? collectorOptions({ allowedOrigins, events, rateLimit, clock }, CALLER)
    if (known.size >= MAX_SHOPS) known.clear()
    known.set(key, ready)
    return ready
  }
}
