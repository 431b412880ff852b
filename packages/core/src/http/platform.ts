import type { Outbox } from '../store/outbox-port.ts'
import type { AddressPlatform } from './platform-address.ts'
import type {
  GivenClient,
  OfRequest,
  OwnClient,
  RequestOptions,
  SomeRequestOptions,
} from './request-options.ts'

/** What the platform brings along with a request; all of it may be left out. Cloudflare's `ctx` is one. */
export interface Platform {
  /**
   * The bindings of Cloudflare Workers: META_PIXEL_ID, META_CAPI_ACCESS_TOKEN and so on. Not read where `process.env` is: there the one
   * client of the server is made from that when the application starts.
   */
  readonly env?: object | undefined
  /** Who is connected, as the runtime says it. */
  readonly remoteAddress?: string | undefined
  /** The address asked for, where `request.url` is not it: whole, or a path that the `Host` header completes. */
  readonly url?: string | undefined
  /** Keeps the instance alive until the work is done. Absent on servers that live on: events are delivered in the background. */
  readonly waitUntil?: ((work: Promise<unknown>) => void) | undefined
  /**
   * Whether nothing may outlive a request: then each request has a client of its own, which is closed in `waitUntil`. Default: true
   * in Cloudflare Workers.
   */
  readonly isolated?: boolean | undefined
}

/** For frameworks of which a platform, not a socket, says who is connected, and how long an instance lives. */
export interface PlatformOptions<R> {
  /**
   * Where the visitor's address stands: the platform in front by its name, whose own header then counts; how many proxies of yours
   * stand in front, which count from the right of `X-Forwarded-For`; or a function of the request. Default: who is connected, where
   * the runtime says it, and `cloudflare` in Cloudflare Workers. No other header is trusted without this option: a visitor can send any.
   */
  readonly address?: AddressPlatform | number | OfRequest<R, string> | undefined
  /**
   * Keeps the instance alive until events are delivered, where the platform has one function for all requests: that of
   * `@vercel/functions`, or `(work) => EdgeRuntime.waitUntil(work)`. The `waitUntil` of a request's `Platform` goes before it.
   */
  readonly waitUntil?: ((work: Promise<unknown>) => void) | undefined
}

/** Declared as a method is, so that a function of the application's own type of `env` fits. */
type OfEnv = { call(env: object): Outbox }['call']

/** The options of `createCapi`; what is left out comes from the environment. */
interface PlatformClient extends Omit<OwnClient, 'outbox'> {
  /**
   * Where events wait, or a function of the bindings that makes an outbox for each client: `(env) => queueOutbox(env.EVENTS)`.
   * Default: memory.
   */
  readonly outbox?: Outbox | OfEnv | undefined
}

/** All options of an adapter for fetch frameworks: how requests are read, how events outlive them, and its client. */
export type PlatformHostOptions<R> = Omit<RequestOptions<R>, 'clientIp'> &
  Pick<SomeRequestOptions<R>, 'autoPageView'> &
  PlatformOptions<R> &
  (PlatformClient | GivenClient)
