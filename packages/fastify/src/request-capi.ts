import { type Capi, CapiConfigError } from '@capi/core'
import type { HostedRequest, RequestCapi } from '@capi/core/adapter'
import type { FastifyRequest } from 'fastify'

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
export const VISIT: unique symbol = Symbol.for('@capi/fastify.request')

export interface Visited extends FastifyRequest {
  [VISIT]?: Pick<HostedRequest, 'tracker'> | null
}

/**
 * The request's tracker, with an error that explains itself when there is none.
 * @throws CapiConfigError (`config_invalid`) when `capiPlugin` did not see this request.
 * @example
 * await getCapi(request).track('Lead', {}, { user_data: { em } })
 */
export function getCapi(request: FastifyRequest): RequestCapi {
  const { capi }: { readonly capi?: RequestCapi | null } = request
  if (capi) return capi
  throw new CapiConfigError(
    'config_invalid',
    '@capi/fastify: this request has no tracker. Register the plugin before the hooks and routes that track, in the same instance or in one above: await app.register(capiPlugin).',
  )
}
