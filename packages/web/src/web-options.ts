import type { CapiOptions } from '@capi/core'
import type {
  ClientChoice,
  RequestOptions as OptionsOf,
  PlatformOptions,
  SomeRequestOptions,
} from '@capi/core/adapter'
import type { Outbox } from '@capi/core/outbox'

/** Declared as a method is, so that a function of the application's own type of `env` fits. */
type OfEnv = { call(env: object): Outbox }['call']

/** How requests are read, and how delivery outlives them. */
export interface RequestOptions
  extends Omit<OptionsOf<Request>, 'clientIp'>,
    Pick<SomeRequestOptions<Request>, 'autoPageView'>,
    PlatformOptions<Request> {
  /**
   * Keeps the instance alive until events are delivered, where the platform has one function for all requests: that of
   * `@vercel/functions`, or `(work) => EdgeRuntime.waitUntil(work)`. The `waitUntil` of a request's `Platform` goes before it.
   */
  readonly waitUntil?: ((work: Promise<unknown>) => void) | undefined
}

/** The options of `createCapi`; what is left out comes from the environment. */
interface OwnClient extends Omit<CapiOptions, 'outbox'> {
  /** A client made elsewhere; the options of `createCapi` are then ignored, and do not compile. Closing it is yours. */
  readonly client?: undefined
  /**
   * Where events wait, or a function of the bindings that makes an outbox for each client: `(env) => queueOutbox(env.EVENTS)`.
   * Default: memory.
   */
  readonly outbox?: Outbox | OfEnv | undefined
}

/** How requests are read, and all options of `createCapi`, or the client that is made already. */
export type CapiWebOptions = RequestOptions &
  (
    | OwnClient
    | Extract<
        ClientChoice,
        {
          /** No option of a client that is made. */
          readonly pixelId?: undefined
        }
      >
  )

/** What the platform brings along with a request. All of it may be left out. Cloudflare's `ctx` is one. */
export interface Platform {
  /**
   * The bindings of Cloudflare Workers: META_PIXEL_ID, META_CAPI_ACCESS_TOKEN and so on. Default: `process.env`, from which the one
   * client of a server is made when the application starts.
   */
  readonly env?: object | undefined
  /** Who is connected, as the runtime says it. */
  readonly remoteAddress?: string | undefined
  /** The address asked for, where `request.url` is not it: whole, or a path that the `Host` header completes. */
  readonly url?: string | undefined
  /** Keeps the instance alive until the work is done. Absent on servers that live on: events are delivered in the background. */
  waitUntil?(work: Promise<unknown>): void
  /**
   * Whether nothing may outlive a request: then each request has a client of its own, which is closed in `waitUntil`. Default: true
   * in Cloudflare Workers.
   */
  readonly isolated?: boolean | undefined
}
