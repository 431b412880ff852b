import type { Capi } from '@capi/core'
import type { RequestCapi, ServedResponse } from '@capi/core/adapter'
import type { CollectorOptions } from '@capi/core/collector'

/** A request of the Pages Router, which is Node's: of an API route or of `getServerSideProps`. */
export interface PagesRequest {
  /** `GET`, `POST`, … */
  readonly method?: string | undefined
  /** The path and query. */
  readonly url?: string | undefined
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
}

/** An application's own proxy. Where it returns nothing, the request goes on. */
// biome-ignore lint/suspicious/noConfusingVoidType: so does Next's own type, for functions without a return.
export type OwnProxy<R> = (request: R) => MaybeResponse | Promise<MaybeResponse | void>

type MaybeResponse = Response | null | undefined

/** What `createCapiNext()` makes. Functions of a closure: each can be exported by itself. */
export interface CapiNext {
  /**
   * For `proxy.ts` (in Next 15 `middleware.ts`). Sets `_fbc` and `_fbp` on pages, so that the page, its routes and the browser see the
   * same, and tracks their PageViews (`autoPageView`). A response that gets a cookie becomes private: no shared cache keeps it.
   * Never fails a request.
   * @param next the application's own proxy; its request has the cookies already. Anything but a function is ignored.
   */
  readonly proxy: <R extends Request>(request: R, next?: OwnProxy<R> | object) => Promise<Response>
  /**
   * The tracker of the request that is being answered, in server actions, route handlers and Server Components: always the same for one
   * request. Events are delivered after the response (`after`).
   * @throws CapiConfigError (`config_invalid`), as a rejection, where no request is being answered.
   */
  readonly getCapi: {
    /** In the App Router. */
    (): Promise<RequestCapi>
    /** In the Pages Router: in API routes and `getServerSideProps`. */
    (request: PagesRequest, response: ServedResponse): Promise<RequestCapi>
  }
  /**
   * Takes events from pages, as the route of an address of yours. Closed by default; see `CollectorOptions`.
   * @throws CapiConfigError when an option would leave it open.
   * @example
   * export const { POST, OPTIONS } = capi.handlers({ allowedOrigins: ['https://shop.example'], events: ['AddToWishlist'] })
   */
  readonly handlers: (options: CollectorOptions) => CapiHandlers
  /** The one client of the process, for jobs, `flush`, `stats`, `send` and `deadLetters`. */
  readonly client: Capi
}

/** For a `route.ts`. */
export interface CapiHandlers {
  /** Takes an event. */
  readonly POST: (request: Request) => Promise<Response>
  /** Tells browsers which pages may send. */
  readonly OPTIONS: (request: Request) => Promise<Response>
}
