import type { CapiOptions } from '@capi/core'
import type { ClientChoice, RequestOptions } from '@capi/core/adapter'
import type { FactoryProvider, ModuleMetadata, Type } from '@nestjs/common'
import type { PlatformRequest } from './platform-request.ts'

/**
 * How requests are read. Callbacks get the platform's own request, at the time an event is tracked: guards have run by then.
 */
export interface CapiVisitOptions extends RequestOptions<PlatformRequest> {
  /** Where the module's own lines go, and those of the client it makes; default: Nest's logger. */
  readonly logger?: CapiOptions['logger']
  /** How long the application's shutdown may wait for what is still to be sent; default 10,000 ms. */
  readonly shutdownTimeoutMs?: number | undefined
}

/** How requests are read, and all options of `createCapi`, or the client that is made already. */
export type CapiModuleOptions = CapiVisitOptions & ClientChoice

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
