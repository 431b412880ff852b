import { CapiConfigError } from '@capi/core'
import {
  fastifyProxies,
  type HostOptions,
  type OptionTable,
  onClose,
  type RequestCapi,
  type RequestLike,
  requestHost,
} from '@capi/core/adapter'
import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { fastifyLogger } from './fastify-logger.ts'
import type { CapiPluginOptions, RequestOptions } from './plugin-options.ts'
import { VISIT, type Visited } from './request-capi.ts'

const OWN_OPTIONS = {
  autoPageView: 'any',
  shutdownTimeoutMs: 'any',
  trustedProxies: 'any',
} as const satisfies OptionTable<Omit<RequestOptions, keyof HostOptions<FastifyRequest>>>

const TRUST_ADVICE =
  "Set Fastify's trustProxy to the addresses of your proxies, the option trustedProxies to their number, or the option clientIp."

const plugin: FastifyPluginAsync<CapiPluginOptions> = async (app, given) => {
  if (app.hasRequestDecorator('capi')) throw new CapiConfigError('config_invalid', TWICE)
  const host = requestHost<FastifyRequest, CapiPluginOptions>(given, {
    name: 'capiPlugin',
    prefix: '@capi/fastify: ',
    table: OWN_OPTIONS,
    environment: process.env,
    logger: fastifyLogger(app.log),
    trustAdvice: TRUST_ADVICE,
    trustedProxies: fastifyProxies,
  })
  const { client, options } = host
  app.decorate('capi', client)
  app.decorateRequest(VISIT, null)
  // A tracker is made when it is first used. Null until the hook has run, as decorators of Fastify are.
  app.decorateRequest('capi', {
    getter(this: Visited) {
      return (this[VISIT]?.tracker ?? null) as RequestCapi
    },
  })

  app.addHook('onRequest', (request, reply, next) => {
    try {
      const visit = host.open(readRequest(request), request, onClose(reply.raw))
      ;(request as Visited)[VISIT] = visit
      visit.serve(reply.raw)
    } catch {
      // A request that throws at what is read of it goes on without a tracker.
    }
    next()
  })

  // Fastify calls it when the last request was answered. A client made elsewhere is not closed here.
  app.addHook('onClose', async () => {
    const limit = { timeoutMs: options.shutdownTimeoutMs }
    await (options.client === undefined ? client.close(limit) : client.flush(limit))
  })
}

/**
 * Gives every request of this Fastify instance, and of those below it, `request.capi`: a tracker that knows the visitor's
 * address, user agent, page, referrer, `fbc` and `fbp`. `app.capi` is the client. Without options it is configured by the
 * environment: META_PIXEL_ID, META_CAPI_ACCESS_TOKEN, META_TEST_EVENT_CODE, META_GRAPH_API_VERSION, CAPI_BASE_URL.
 * Never fails and never delays a request. `app.close()` delivers what waits.
 * @throws CapiConfigError from `app.register` or `app.ready` when an option is malformed, or the plugin is registered twice.
 * @example
 * await app.register(capiPlugin, { consent: (request) => request.cookies['consent'] === 'yes' ? 'granted' : 'denied' })
 * app.post('/orders', async (request) => {
 *   const event_id = request.capi.eventId('order', order.id)
 *   await request.capi.track('Purchase', { value: 49.9, currency: 'EUR' }, { event_id })
 *   return { event_id }
 * })
 */
export const capiPlugin: FastifyPluginAsync<CapiPluginOptions> = fp(plugin, {
  name: '@capi/fastify',
  fastify: '5.x',
})

/** Reads at once, for a closed connection has no address. Of HTTP/2 too, where reading a closed one throws. */
function readRequest(request: FastifyRequest): RequestLike {
  const { headers, socket } = request.raw
  return {
    method: request.method,
    header: (name) => headers[name],
    url: request.originalUrl,
    remoteAddress: socket.remoteAddress,
    isEncrypted: (socket as { readonly encrypted?: boolean }).encrypted === true,
  }
}

const TWICE =
  'capiPlugin is registered twice in one Fastify instance, or in one below it. Register it once, in the instance whose requests it serves: ' +
  'instances below share it.'
