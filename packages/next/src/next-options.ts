import type {
  ClientChoice,
  RequestOptions as OptionsOf,
  PlatformOptions,
  SomeRequestOptions,
} from '@capi/core/adapter'

/**
 * What the functions of the options get, in the proxy and in server actions, routes and pages alike: a `NextRequest` without a body. Written
 * down here, so that the declarations of this package do not depend on those of Next's version.
 */
export interface VisitRequest extends Request {
  /** As the browser sent them. */
  readonly cookies: {
    /** The cookie of this name, decoded. */
    get(name: string): VisitCookie | undefined
    /** Whether there is one of this name. */
    has(name: string): boolean
  }
  /** The address asked for, by its `Host` header. */
  readonly nextUrl: {
    /** Without `basePath`. */
    readonly pathname: string
    /** Of the query. */
    readonly searchParams: URLSearchParams
  }
}

/** A cookie of a request. */
export interface VisitCookie {
  /** As `Set-Cookie` named it. */
  readonly name: string
  /** Decoded. */
  readonly value: string
}

/** How requests are read. */
export interface RequestOptions
  extends Omit<OptionsOf<VisitRequest>, 'clientIp'>,
    Pick<SomeRequestOptions<VisitRequest>, 'autoPageView'>,
    Pick<PlatformOptions<VisitRequest>, 'address'> {}

/** How requests are read, and all options of `createCapi`, or the client that is made already. */
export type CapiNextOptions = RequestOptions & ClientChoice
