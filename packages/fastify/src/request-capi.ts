import { type Capi, CapiConfigError } from '@capi/core'
import type { HostedRequest, RequestCapi } from '@capi/core/adapter'
import type { FastifyInstance, FastifyRequest } from 'fastify'

declare module 'fastify' {
  interface FastifyInstance {
    /** The client in use: for jobs and for its `flush`, `stats`, `send` and `deadLetters`. Set by `capiPlugin`. */
    capi: Capi
  }
  interface FastifyRequest {
    /** Sends events to Meta with what this request knows of its visitor. Set by `capiPlugin`. */
    capi: RequestCapi
  }
}

/** The ESM and the CJS copy of this package may meet on one request. */
const VISIT = Symbol.for('@capi/fastify.request')

interface Visited {
  [VISIT]?: Pick<HostedRequest, 'tracker'> | null
}

/** A tracker is made when `request.capi` is first used: a route that never tracks pays for this alone. */
export function decorateRequests(app: FastifyInstance): void {
  app.decorateRequest(VISIT, null)
  app.decorateRequest('capi', {
    getter(this: FastifyRequest) {
      // Null until the hook has run, as decorators of Fastify are.
      return ((this as Visited)[VISIT]?.tracker ?? null) as RequestCapi
    },
  })
}

export function attachVisit(request: FastifyRequest, visit: HostedRequest): void {
  ;(request as Visited)[VISIT] = visit
}

/**
 * The request's tracker, with an error that explains itself when there is none.
 * @throws CapiConfigError (`config_invalid`) when `capiPlugin` did not see this request.
 * @example
 * await getCapi(request).track('Lead', {}, { user_data: { em } })
 */
export function getCapi(request: FastifyRequest): RequestCapi {
  const capi = (request as Visited | undefined)?.[VISIT]?.tracker
  if (capi !== undefined) return capi
  throw new CapiConfigError(
    'config_invalid',
    '@capi/fastify: this request has no tracker. Register the plugin before the hooks and routes that track, ' +
      'in the same instance or in one above: await app.register(capiPlugin).',
  )
}
