import type { Capi, CapiOptions, Consent, UserDataInput } from '@capi/core'
import type { CookieDomain, NoClientOptions } from '@capi/core/adapter'
import type { FactoryProvider, ModuleMetadata, Type } from '@nestjs/common'
import type { PlatformRequest } from './platform-request.ts'

/** Of a method's type, so that a callback may say which platform's request it takes. */
type RequestCallback<T> = {
  bivarianceHack(request: PlatformRequest): T | undefined
}['bivarianceHack']

/**
 * How requests are read. Callbacks get the platform's own request, at the time an
 * event is tracked: guards have run by then. They answer at once, for no request waits: of one that is async, throws
 * or answers with something else the answer is missing, never the request, and the log says so once.
 */
export interface CapiVisitOptions {
  /**
   * What the visitor allows; default `granted`. A function that knows no answer yet returns undefined: events are
   * then held until `setConsent`, or dropped at the end of the response. A yes or no that it returns (`true`, `'1'`, `'no'`)
   * means `granted` or `denied`; one that fails, or returns anything else, `denied`. A word here that is none of the four,
   * and a key that is there but undefined, stops the start with a CapiConfigError.
   */
  readonly consent?: Consent | RequestCallback<Consent>
  /** Who the visitor is: from the session, for example. `setUser` and the event's own `user_data` win. */
  readonly user?: RequestCallback<UserDataInput> | undefined
  /** The visitor's address, where the platform's trusted proxies do not find it. */
  readonly clientIp?: RequestCallback<string> | undefined
  /**
   * Where the site is, for example `https://shop.example`, where pages are served under another address than this
   * application's own. Default: what the request says. Without a scheme the start stops with a CapiConfigError.
   */
  readonly siteUrl?: string | undefined
  /**
   * The address of the visitor's page, whole or a path of the site, where it is not the request's own: for the API of a
   * single-page application, read it from a header or the body. Default, or undefined: for a request that a page's script
   * sends (`fetch`), its `Referer`, if it is of the same site; else the address asked for.
   */
  readonly pageUrl?: RequestCallback<string> | undefined
  /** Sets `_fbc` and `_fbp` on page requests whose visitor consents; default true. */
  readonly cookies?: boolean | undefined
  /**
   * Registrable domain for those cookies, for example `example.com`, or a function of the host.
   * Default: the host that was asked, alone. Never guessed. An address with a scheme or a port stops the start with a
   * CapiConfigError.
   */
  readonly cookieDomain?: CookieDomain | undefined
  /**
   * True for requests that are no visit, a bot's for example: they get no cookie, and their events are dropped as `disabled`. Events
   * whose `action_source` is not `website` are none of theirs, and are tracked.
   */
  readonly skip?: RequestCallback<boolean> | undefined
  /** Where the module's own lines go, and those of the client it makes; default: Nest's logger. */
  readonly logger?: CapiOptions['logger']
  /** How long the application's shutdown may wait for what is still to be sent; default 10,000 ms. */
  readonly shutdownTimeoutMs?: number | undefined
}

/** The options of `createCapi`; what is left out comes from the environment. */
interface OwnClient extends CapiOptions {
  /** A client made elsewhere; the options of `createCapi` are then ignored, and do not compile. Closing it is yours. */
  readonly client?: undefined
}

interface GivenClient extends NoClientOptions {
  /** A client made elsewhere; the options of `createCapi` are then ignored, and do not compile. Closing it is yours. */
  readonly client?: Capi | undefined
}

/** How requests are read, and all options of `createCapi`, or the client that is made already. */
export type CapiModuleOptions = CapiVisitOptions & (OwnClient | GivenClient)

/** How a client is found by injection. */
export interface CapiModuleExtras {
  /** Tells several clients apart: `@InjectCapi(name)`. Default: none. */
  readonly name?: string | undefined
  /** Whether every module can inject the client; default true. */
  readonly isGlobal?: boolean | undefined
}

/** What `useClass` and `useExisting` name. */
export interface CapiOptionsFactory {
  /** Asked once, when the module is made. What it throws stops the application's start. */
  createCapiOptions(): CapiModuleOptions | Promise<CapiModuleOptions>
}

/** One of `useFactory`, `useClass` and `useExisting`. */
export interface CapiModuleAsyncOptions
  extends CapiModuleExtras,
    Pick<ModuleMetadata, 'imports' | 'providers'> {
  /** Gives the options, or a promise of them. */
  readonly useFactory?: FactoryProvider<
    CapiModuleOptions | Promise<CapiModuleOptions>
  >['useFactory']
  /** What `useFactory` gets. */
  readonly inject?: FactoryProvider['inject'] | undefined
  /** Made by the module, and asked for the options. */
  readonly useClass?: Type<CapiOptionsFactory> | undefined
  /** A provider that exists already; its module belongs into `imports`. */
  readonly useExisting?: Type<CapiOptionsFactory> | symbol | string | undefined
}

/** `fetch` answers in the network's place, the emulator's for example; what passes is recorded. */
export interface CapiTestingOptions extends CapiVisitOptions, CapiOptions, CapiModuleExtras {}
