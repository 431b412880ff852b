import type { IncomingMessage, ServerResponse } from 'node:http'
import {
  asksForScript,
  type CollectorTracker,
  type CollectorOptions as CoreOptions,
  collect,
  collectorOptions,
  type Refusal,
  serveNode,
} from '@capi/core/collector'
import { getCapi } from '../request-capi.ts'

/** Whose pages may send which events. Closed by default: what is not listed is not taken. */
export interface CollectorOptions extends Omit<CoreOptions, 'onRefused'> {
  /** Called with the reason when an event was not taken, since the page never learns it. What it throws is ignored. */
  readonly onRefused?: ((reason: Refusal, req: IncomingMessage) => void) | undefined
}

/** What `capiCollector()` makes: for `app.use` at an address of yours. */
export type CapiCollector = (
  req: IncomingMessage,
  res: ServerResponse,
  next?: (error?: unknown) => void,
) => void

const CALLER = { name: 'capiCollector', packageName: '@capi/express' }

/**
 * Takes events from pages, at an address of yours: `app.use('/events', capiCollector({…}))`, behind `capiMiddleware`, before or
 * behind body parsers. Closed by default: only listed origins, only listed events, and a Purchase only with what `signEvent`
 * signed. Address, user agent and time are the server's. Every POST is answered with 204, whatever became of it.
 * @throws CapiConfigError at start-up when an option would leave it open.
 * @example
 * app.use('/events', capiCollector({ allowedOrigins: ['https://shop.example'], events: ['AddToWishlist'] }))
 */
export function capiCollector(given: CollectorOptions): CapiCollector {
  const options = collectorOptions(given as CoreOptions, CALLER)
  return (req, res, next) => {
    if (req.method !== 'POST' && req.method !== 'OPTIONS' && !asksForScript(req, options))
      return next ? next() : void res.writeHead(404).end()
    let capi: CollectorTracker
    try {
      capi = getCapi(req)
    } catch (error) {
      if (next === undefined) throw error
      return next(error)
    }
    const call = {
      ...options,
      // Visitors of a private network have no public address, and still have separate limits.
      clientIp: capi.clientIp ?? req.socket.remoteAddress,
      onRefused: (reason: Refusal) => given.onRefused?.(reason, req),
    }
    // void: neither rejects.
    void serveNode(req, res, (request) => collect(request, capi, call))
  }
}
