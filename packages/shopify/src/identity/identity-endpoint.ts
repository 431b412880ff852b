import type { IncomingMessage, ServerResponse } from 'node:http'
import { type OptionTable, readOptions } from '@capi/core/adapter'
import { rateLimiter } from '@capi/core/collector'
import { emitUnknown } from '../read/unknown-options.ts'
import { shopDomain } from '../webhook/delivery.ts'
import { earlierBody } from '../webhook/earlier-body.ts'
import { readBody } from '../webhook/read-body.ts'
import { decodeBody } from '../webhook/text-body.ts'
import { within } from '../webhook/within.ts'
import type { IdentityStore } from './identity-store.ts'
import { parseIdentity } from './parse-identity.ts'

/** Why nothing was kept of a call; the caller is never told. */
export type IdentityRefusal =
  | 'not_a_post'
  | 'rate_limited'
  | 'unknown_shop'
  /** The page's address is none of the shop's. */
  | 'foreign_origin'
  /** Too large, unreadable, without a token, or without an id of the right form. */
  | 'nothing_to_keep'
  /** The store, or a callback. */
  | 'failed'

/** The addresses a shop is reached by, for example `https://kobalt.example`; `https://<shop>` needs no mention. */
type ShopOrigins = readonly string[]

/** Which shops are served, and where what they tell is kept. */
export interface IdentityEndpointOptions {
  /** Where the ids wait for their order. */
  readonly store: IdentityStore
  /** The shops served, by exact `myshopify.com` domain, each with its own addresses; or a function that finds them. */
  readonly shops:
    | Readonly<Record<string, ShopOrigins>>
    | ((shop: string) => ShopOrigins | undefined | Promise<ShopOrigins | undefined>)
  /** Most calls of one visitor; default 60. */
  readonly perMinute?: number | undefined
  /** The visitor's address where a proxy stands in front; default Express's `req.ip`, else the socket's. */
  readonly clientIp?: ((req: IncomingMessage) => string | undefined) | undefined
  /** Told of what was not kept, for the answer does not say. What it throws is ignored. */
  readonly onRefused?: ((reason: IdentityRefusal) => void) | undefined
  /** Default `Date.now`. */
  readonly now?: (() => number) | undefined
}

export const ENDPOINT_OPTIONS = {
  store: 'any',
  shops: 'any',
  perMinute: 'any',
  clientIp: 'text',
  onRefused: 'any',
  now: 'any',
} as const satisfies OptionTable<IdentityEndpointOptions>

/** What `identityEndpoint()` makes: for Express or `node:http`. */
export type IdentityEndpoint = (req: IncomingMessage, res: ServerResponse) => void

/** A dozen fields fit in a tenth of it. */
const MAX_BYTES = 4_096
const TIMEOUT_MS = 3_000

/**
 * Takes the ids a storefront sends to `…?shop=<its myshopify.com domain>`, for Express or `node:http`. Whoever calls,
 * and whatever comes of it, the answer is 204 and empty: a stranger learns nothing by trying.
 * @throws CapiConfigError for what is no object of options.
 */
export function identityEndpoint(given: IdentityEndpointOptions): IdentityEndpoint {
  const reader = { name: 'identityEndpoint', table: ENDPOINT_OPTIONS, warn: emitUnknown }
  const options = readOptions(given, reader)
  const { perMinute = 60, now = Date.now } = options
  const isWithinRate = rateLimiter({ burst: perMinute, perMinute })

  async function answer(req: IncomingMessage): Promise<Answer> {
    if (!isWithinRate(addressOf(req, options), now())) return { refusal: 'rate_limited' }
    const shop = shopDomain(new URL(req.url ?? '/', 'http://localhost').searchParams.get('shop'))
    const own = shop === undefined ? undefined : await originsOf(shop, options.shops)
    if (shop === undefined || own === undefined) return { refusal: 'unknown_shop' }
    const { origin } = req.headers
    const isOwn = own.includes(origin ?? '')
    // A Web Pixel runs in a worker or a sandboxed frame and has no origin of its own.
    if (!isOwn && origin !== undefined && origin !== 'null') return { refusal: 'foreign_origin' }
    const allowed = isOwn ? { origin } : {}
    if (req.method === 'OPTIONS') return allowed
    const refusal = await keep(req, shop, options.store)
    return { ...allowed, refusal }
  }

  return (req, res) => {
    const failed: Answer = { refusal: 'failed' }
    const safe = answer(req).catch(() => failed)
    // void: nothing in it rejects.
    void within(TIMEOUT_MS, safe, failed).then(({ refusal, origin }) => {
      if (refusal !== undefined) tell(options.onRefused, refusal)
      send(res, origin)
    })
  }
}

interface Answer {
  readonly refusal?: IdentityRefusal | undefined
  /** The page that may read the answer. */
  readonly origin?: string | undefined
}

async function keep(
  req: IncomingMessage,
  shop: string,
  store: IdentityStore,
): Promise<IdentityRefusal | undefined> {
  if (req.method !== 'POST') return 'not_a_post'
  const text = await readText(req)
  const seen = text === undefined ? undefined : parseIdentity(text, req.headers['user-agent'])
  if (seen === undefined) return 'nothing_to_keep'
  await store.put({ shop, ...seen.tokens }, seen.identity)
  return undefined
}

async function readText(req: IncomingMessage & { readonly body?: unknown }) {
  const earlier = earlierBody(req)
  // A JSON parser in front does no harm here: nothing is signed.
  if (earlier.state === 'lost') return JSON.stringify(req.body ?? null)
  if (earlier.state === 'kept') return decodeBody(earlier.body)
  const body = await readBody(req, { maxBytes: MAX_BYTES, timeoutMs: TIMEOUT_MS })
  return body.ok ? decodeBody(body.bytes) : undefined
}

async function originsOf(
  shop: string,
  shops: IdentityEndpointOptions['shops'],
): Promise<ShopOrigins | undefined> {
  const found = typeof shops === 'function' ? await shops(shop) : ownOrigins(shops, shop)
  return found && [`https://${shop}`, ...found]
}

function ownOrigins(shops: Readonly<Record<string, ShopOrigins>>, shop: string) {
  return Object.hasOwn(shops, shop) ? shops[shop] : undefined
}

function addressOf(
  req: IncomingMessage & { readonly ip?: unknown },
  { clientIp }: IdentityEndpointOptions,
): string {
  const address = clientIp ? clientIp(req) : req.ip
  return typeof address === 'string' ? address : (req.socket.remoteAddress ?? '')
}

function tell(listener: IdentityEndpointOptions['onRefused'], refusal: IdentityRefusal): void {
  try {
    listener?.(refusal)
  } catch {
    // The application's own callback must not cost the answer.
  }
}

function send(res: ServerResponse, origin: string | undefined): void {
  if (res.headersSent || res.destroyed) return
  res.statusCode = 204
  res.setHeader('Cache-Control', 'no-store')
  res.setHeader('Vary', 'Origin')
  res.setHeader('Access-Control-Allow-Methods', 'POST')
  res.setHeader('Access-Control-Allow-Headers', 'Content-Type')
  if (origin !== undefined) res.setHeader('Access-Control-Allow-Origin', origin)
  res.end()
}
