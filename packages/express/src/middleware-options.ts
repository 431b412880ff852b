import type { IncomingMessage } from 'node:http'
import type {
  ClientChoice,
  RequestOptions as OptionsOf,
  SomeRequestOptions,
} from '@capi/core/adapter'

/** Node's request with what Express, and the session, cookie and login libraries in use, declare of it. */
export type CapiRequest = IncomingMessage & Express.Request

/** How requests are read, which proxies of a bare `node:http` server are trusted, and whether pages track their view. */
export interface RequestOptions extends OptionsOf<CapiRequest>, SomeRequestOptions<CapiRequest> {}

/** How requests are read, and all options of `createCapi`, or the client that is made already. */
export type CapiMiddlewareOptions = RequestOptions & ClientChoice
