import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Clock, sha256 } from '@capi/core'
import { attempt, type OptionTable, readOptions, systemClock } from '@capi/core/adapter'
import {
  callerNetwork,
  corsHeaders,
  mayCall,
  rateLimiter,
  readBody,
  serveNode,
} from '@capi/core/collector'
import { emitUnknown } from '../read/unknown-options.ts'
import { shopDomain } from '../webhook/delivery.ts'
import { decodeBody } from '../webhook/text-body.ts'
import { within } from '../webhook/within.ts'
import { addressOf, originsOf, type Shops, WEB_PIXEL } from './callers.ts'
import type { IdentityStore } from './identity-store.ts'
import { parseIdentity } from './parse-identity.ts'

/** Why nothing was kept of a call; the answer does not say it. */
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

/** Which shops are served, and where what they tell is kept. */
export interface IdentityEndpointOptions {
  /** Where the ids wait for their order. */
  readonly store: IdentityStore
  /** The shops served, by exact `myshopify.com` domain, each with its own addresses; or a function that finds them. */
  readonly shops: Shops
  /** Most calls of one visitor; default 60. */
  readonly perMinute?: number | undefined
  /** The visitor's address where a proxy stands in front; default Express's `req.ip`, else the socket's. */
  readonly clientIp?: ((req: IncomingMessage) => string | undefined) | undefined
  /** Told of what was not kept, for the answer does not say. What it throws is ignored. */
  readonly onRefused?: ((reason: IdentityRefusal) => void) | undefined
  /** Time for limits and deadlines; default the machine's. */
  readonly clock?: Clock | undefined
}

export const ENDPOINT_OPTIONS = {
  store: 'any',
  shops: 'any',
  perMinute: 'any',
  clientIp: 'text',
  onRefused: 'any',
  clock: 'any',
} as const satisfies OptionTable<IdentityEndpointOptions>

/** What `identityEndpoint()` makes: for Express or `node:http`. */
export type IdentityEndpoint = (req: IncomingMessage, res: ServerResponse) => void

/** A dozen fields fit in a tenth of it. */
const MAX_BYTES = 4_096
const BODY_TIMEOUT_MS = 4_000
/** For the body, the shops and the store together. */
const TIMEOUT_MS = 5_000

/**
 * Takes the ids a storefront sends to `…?shop=<its myshopify.com domain>`, for Express or `node:http`. Any call is answered
 * with 204 and an empty body, whatever came of it: a stranger learns nothing by trying.
 * @throws CapiConfigError for what is no object of options.
 * @example
 * app.all('/capi/identity', identityEndpoint({ store, shops: { 'kobalt.myshopify.com': ['https://kobalt.example'] } }))
 */
export function identityEndpoint(given: IdentityEndpointOptions): IdentityEndpoint {
  const reader = { name: 'identityEndpoint', table: ENDPOINT_OPTIONS, warn: emitUnknown }
  const options = readOptions(given, reader)
  const { perMinute = 60, clock = systemClock, onRefused } = options
  const isWithinRate = rateLimiter({ burst: perMinute, perMinute })
  const sourceOf = secretNames()

  async function answer(request: Request, address: string): Promise<Answer> {
    if (!isWithinRate(address, clock.now())) return { refusal: 'rate_limited' }
    const shop = shopDomain(new URL(request.url).searchParams.get('shop'))
    const origins = shop === undefined ? undefined : await originsOf(shop, options.shops)
    if (shop === undefined || origins === undefined) return { refusal: 'unknown_shop' }
    if (!mayCall(request, [...origins, WEB_PIXEL])) return { refusal: 'foreign_origin' }
    if (request.method === 'OPTIONS') return { origins }
    if (request.method !== 'POST') return { origins, refusal: 'not_a_post' }
    const limits = { maxBytes: MAX_BYTES, timeoutMs: BODY_TIMEOUT_MS, clock }
    const body = await readBody(request.body, limits)
    const text = body.ok ? decodeBody(body.bytes) : undefined
    const agent = request.headers.get('user-agent') ?? undefined
    const seen = text === undefined ? undefined : parseIdentity(text, agent)
    if (seen === undefined) return { origins, refusal: 'nothing_to_keep' }
    await options.store.put({ shop, ...seen.tokens }, seen.identity, sourceOf(address))
    return { origins }
  }

  return (req, res) => {
    const failed: Answer = { refusal: 'failed' }
    // void: nothing in it rejects.
    void serveNode(req, res, async (request) => {
      const safe = (async () => answer(request, addressOf(req, options)))().catch(() => failed)
      const { refusal, origins = [] } = await within(TIMEOUT_MS, safe, failed, clock)
      if (refusal !== undefined) attempt(() => onRefused?.(refusal))
      return new Response(null, { status: 204, headers: corsHeaders(request, origins) })
    })
  }
}

interface Answer {
  readonly refusal?: IdentityRefusal | undefined
  /** The pages that may read the answer; absent: none. */
  readonly origins?: readonly string[]
}

/** A salted hash of each network that calls: the salt ends with the process, so the address cannot be computed from it. */
function secretNames(): (address: string) => string {
  const secret = crypto.randomUUID()
  return (address) => sha256(`${secret} ${callerNetwork(address)}`).slice(0, 16)
}
