import type { ClientChoice, RequestOptions as Common, SomeRequestOptions } from '@capi/core/adapter'
import type { FastifyRequest } from 'fastify'

/**
 * How requests are read, and whether pages track their view. `trustedProxies` is for a number of proxies, which Fastify's
 * `trustProxy` takes and ignores since 5.12; default: the addresses that `trustProxy` names.
 */
export interface RequestOptions extends Common<FastifyRequest>, SomeRequestOptions<FastifyRequest> {
  /** How long `app.close()` may wait for Meta, in milliseconds; default 10,000. */
  readonly shutdownTimeoutMs?: number | undefined
}

/** How requests are read, and all options of `createCapi`, or the client that is made already. */
export type CapiPluginOptions = RequestOptions & ClientChoice
