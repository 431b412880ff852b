import { CapiConfigError } from '@capi/core'
import {
  type CollectorTracker,
  type CollectorOptions as CoreOptions,
  collect,
  collectorOptions,
  type Refusal,
  serveNode,
} from '@capi/core/collector'
import type { FastifyPluginAsync, FastifyRequest, RegisterOptions } from 'fastify'
import { fastifyLogger } from './fastify-logger.ts'
import { getCapi } from './request-capi.ts'

/** Whose pages may send which events. Closed by default: what is not listed is not taken. */
export interface CollectorOptions extends Omit<CoreOptions, 'onRefused'> {
  /** Called with the reason when an event was not taken, since the page never learns it. What it throws is ignored. */
  readonly onRefused?: ((reason: Refusal, request: FastifyRequest) => void) | undefined
}

type Registered = CollectorOptions & RegisterOptions
const CALLER = { name: 'capiCollector', packageName: '@capi/fastify' }

/**
 * Takes events from pages, at an address of yours, the `prefix`. Register it behind `capiPlugin`. Closed by default: only listed
 * origins, only listed events, and a Purchase only with what `signEvent` signed. Address, user agent and time are the server's.
 * Every POST is answered with 204, whatever became of it. It reads bodies itself: your content type parsers and `bodyLimit` do
 * not apply to it.
 * @throws CapiConfigError from `app.register` or `app.ready` when an option would leave it open, or `capiPlugin` is missing.
 * @example
 * app.register(capiCollector, { prefix: '/events', allowedOrigins: ['https://shop.example'], events: ['AddToWishlist'] })
 */
export const capiCollector: FastifyPluginAsync<CollectorOptions> = async (app, registered) => {
  if (!app.hasRequestDecorator('capi')) throw new CapiConfigError('config_invalid', NO_PLUGIN)
  // The first three are Fastify's own.
  const { prefix: _p, logLevel: _l, logSerializers: _s, ...given } = registered as Registered
  const logger = given.logger ?? fastifyLogger(app.log)
  const options = collectorOptions({ ...given, logger } as CoreOptions, CALLER)
  // Bodies stay unread: the collector has limits of its own, and answers to what no parser takes.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (_request, _body, next) => next(null))
  app.route({
    method: ['POST', 'OPTIONS'],
    url: '/',
    async handler(request, reply) {
      const capi: CollectorTracker = getCapi(request)
      const call = {
        ...options,
        // Visitors of a private network have no public address, and still have separate limits.
        clientIp: capi.clientIp ?? request.ip,
        onRefused: (reason: Refusal) => given.onRefused?.(reason, request),
      }
      await serveNode(request, reply, (web) => collect(web, capi, call))
      return reply
    },
  })
}

const NO_PLUGIN =
  'capiCollector needs the tracker of each request. Register the plugin before it, in the same instance or in one above: await app.register(capiPlugin).'
