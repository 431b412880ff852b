import { CapiConfigError } from '@capi/core'
import { type OptionTable, readOptions } from '@capi/core/adapter'
import {
  type DynamicModule,
  Inject,
  Module,
  type NestModule,
  type OnApplicationShutdown,
  type Provider,
} from '@nestjs/common'
import { HttpAdapterHost, ModulesContainer } from '@nestjs/core'
import { CapiRuntime, type ModuleReading } from './capi.runtime.ts'
import { CapiService } from './capi.service.ts'
import type {
  CapiModuleAsyncOptions,
  CapiModuleExtras,
  CapiModuleOptions,
  CapiOptionsFactory,
  CapiTestingOptions,
} from './capi-module-options.ts'
import { CapiRecorder, type Recording, record } from './capi-recorder.ts'
import { getCapiRecorderToken, getCapiToken } from './tokens.ts'

/** Within one module; never exported. */
const OPTIONS = Symbol.for('@capi/nest.options')
const RUNTIME = Symbol.for('@capi/nest.runtime')
const RECORDING = Symbol.for('@capi/nest.recording')

/** Beside what every adapter takes. A missing name, and one too many, do not compile. */
const OWN_OPTIONS = { shutdownTimeoutMs: 'any' } as const
const EXTRAS = { name: 'any', isGlobal: 'any' } as const satisfies OptionTable<CapiModuleExtras>
const ASYNC_OPTIONS = {
  ...EXTRAS,
  imports: 'any',
  providers: 'any',
  useFactory: 'any',
  inject: 'any',
  useClass: 'any',
  useExisting: 'any',
} as const satisfies OptionTable<CapiModuleAsyncOptions>

/**
 * Gives the application a `CapiService` that knows the current request, sets the cookies `_fbc` and `_fbp`, and
 * sends what waits when the application shuts down.
 */
@Module({})
export class CapiModule implements NestModule, OnApplicationShutdown {
  readonly #runtime: CapiRuntime
  readonly #host: HttpAdapterHost

  constructor(
    @Inject(RUNTIME) runtime: CapiRuntime,
    @Inject(HttpAdapterHost) host: HttpAdapterHost,
  ) {
    this.#runtime = runtime
    this.#host = host
  }

  /**
   * With options, over those of the environment: META_PIXEL_ID, META_CAPI_ACCESS_TOKEN, META_TEST_EVENT_CODE,
   * META_GRAPH_API_VERSION, CAPI_BASE_URL. A malformed one stops the start with a CapiConfigError.
   * @example
   * @Module({ imports: [CapiModule.forRoot({ consent: (req) => req.cookies.consent })] })
   * export class AppModule {}
   */
  static forRoot(options: CapiModuleOptions & CapiModuleExtras = {}): DynamicModule {
    return assemble(options, [{ provide: OPTIONS, useValue: options }], {
      name: 'CapiModule.forRoot',
      table: { ...OWN_OPTIONS, ...EXTRAS },
    })
  }

  /**
   * With options that come from other providers: `useFactory` with `inject`, `useClass` or `useExisting`.
   * @example
   * CapiModule.forRootAsync({
   *   inject: [ConfigService],
   *   useFactory: (config: ConfigService) => ({ accessToken: config.getOrThrow('META_CAPI_ACCESS_TOKEN') }),
   * })
   */
  static forRootAsync(options: CapiModuleAsyncOptions): DynamicModule {
    const { imports = [], providers = [] } = options
    const name = 'CapiModule.forRootAsync'
    // A misspelt consent stops here; other unknown names wait for the application's logger.
    const misspelt: string[] = []
    readOptions(options, { name, table: ASYNC_OPTIONS, warn: (line) => misspelt.push(line) })
    const own = [...asyncOptions(options), ...providers]
    return { ...assemble(options, own, { name, table: OWN_OPTIONS, misspelt }), imports }
  }

  /**
   * For tests: the same module on a network that takes everything and keeps it for `CapiRecorder`. Nothing leaves
   * the process, and the environment counts for nothing. With `fetch`, the emulator's for example, that answers.
   */
  static forTesting(options: CapiTestingOptions = {}): DynamicModule {
    const { name } = options
    const token = getCapiRecorderToken(name)
    const providers: Provider[] = [
      { provide: RECORDING, useFactory: () => record(options) },
      {
        provide: OPTIONS,
        inject: [RECORDING],
        useFactory: (recording: Recording) => ({ ...options, ...recording.options }),
      },
      {
        provide: token,
        inject: [RUNTIME, RECORDING],
        useFactory: ({ host }: CapiRuntime, { tape }: Recording) =>
          new CapiRecorder(host.client, tape),
      },
      ...(name === undefined ? [{ provide: CapiRecorder, useExisting: token }] : []),
    ]
    const table = { ...OWN_OPTIONS, ...EXTRAS }
    const reading = { name: 'CapiModule.forTesting', table, environment: {} }
    const module = assemble(options, providers, reading)
    const tokens = name === undefined ? [token, CapiRecorder] : [token]
    return { ...module, exports: [...(module.exports ?? []), ...tokens] }
  }

  /** Called by Nest, where there is an HTTP server. */
  configure(): void {
    this.#runtime.mount(this.#host.httpAdapter)
  }

  /** Called by Nest when the server takes no more requests. */
  async onApplicationShutdown(): Promise<void> {
    await this.#runtime.shutDown()
  }
}

function assemble(
  { name, isGlobal = true }: CapiModuleExtras,
  own: readonly Provider[],
  reading: ModuleReading,
): DynamicModule {
  const token = getCapiToken(name)
  const byClass = name === undefined
  return {
    module: CapiModule,
    global: isGlobal,
    providers: [
      ...own,
      {
        provide: RUNTIME,
        inject: [OPTIONS, ModulesContainer],
        useFactory: (options: CapiModuleOptions, application: ModulesContainer) =>
          CapiRuntime.open(application, name, options, reading),
      },
      {
        provide: token,
        inject: [RUNTIME],
        useFactory: (runtime: CapiRuntime) => new CapiService(runtime),
      },
      ...(byClass ? [{ provide: CapiService, useExisting: token }] : []),
    ],
    exports: byClass ? [token, CapiService] : [token],
  }
}

function asyncOptions(options: CapiModuleAsyncOptions): Provider[] {
  const { useFactory, inject = [], useClass, useExisting } = options
  if (useFactory !== undefined) return [{ provide: OPTIONS, useFactory, inject }]
  const factory = useExisting ?? useClass
  if (factory === undefined) {
    throw new CapiConfigError(
      'config_invalid',
      'CapiModule.forRootAsync has no options to give to its client. Pass useFactory, useClass or useExisting.',
    )
  }
  const provider: Provider = {
    provide: OPTIONS,
    inject: [factory],
    useFactory: (made: CapiOptionsFactory) => made.createCapiOptions(),
  }
  return useClass === undefined ? [provider] : [provider, { provide: useClass, useClass }]
}
