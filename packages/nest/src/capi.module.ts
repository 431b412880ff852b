import { CapiConfigError } from '@capi/core'
import { type OptionTable, readOptions } from '@capi/core/adapter'
import {
  type DynamicModule,
  Inject,
  Injectable,
  Module,
  type NestModule,
  type OnApplicationShutdown,
  type OnModuleInit,
  type Provider,
} from '@nestjs/common'
import { HttpAdapterHost, ModuleRef, ModulesContainer, REQUEST } from '@nestjs/core'
import { CapiRuntime, type ModuleReading } from './capi.runtime.ts'
import { CapiService } from './capi.service.ts'
import type {
  CapiModuleAsyncOptions,
  CapiModuleExtras,
  CapiModuleOptions,
  CapiOptionsFactory,
  CapiTestingOptions,
} from './capi-module-options.ts'
import { CapiRecorder, Recording } from './capi-recorder.ts'
import { getCapiRecorderToken, getCapiToken, RECORDING } from './tokens.ts'
import { findTracked } from './tracked-methods.ts'

/** Within one module; never exported. */
const OPTIONS = Symbol.for('@capi/nest.options')
const RUNTIME = Symbol.for('@capi/nest.runtime')
const SERVICE = Symbol.for('@capi/nest.service')

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
export class CapiModule implements NestModule, OnModuleInit, OnApplicationShutdown {
  readonly #runtime: CapiRuntime
  readonly #service: CapiService
  readonly #host: HttpAdapterHost
  readonly #moduleRef: ModuleRef
  readonly #modules: ModulesContainer

  constructor(
    @Inject(RUNTIME) runtime: CapiRuntime,
    @Inject(SERVICE) service: CapiService,
    @Inject(HttpAdapterHost) host: HttpAdapterHost,
    @Inject(ModuleRef) moduleRef: ModuleRef,
    @Inject(ModulesContainer) modules: ModulesContainer,
  ) {
    this.#runtime = runtime
    this.#service = service
    this.#host = host
    this.#moduleRef = moduleRef
    this.#modules = modules
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
      { provide: RECORDING, useFactory: () => new Recording(options) },
      { provide: OPTIONS, useValue: options },
      {
        provide: token,
        inject: [RUNTIME, RECORDING],
        useFactory: (_runtime: CapiRuntime, recording: Recording) => new CapiRecorder(recording),
      },
      ...(name === undefined ? [{ provide: CapiRecorder, useExisting: token }] : []),
    ]
    const table = { ...OWN_OPTIONS, ...EXTRAS }
    const reading = { name: 'CapiModule.forTesting', table }
    const module = assemble(options, providers, reading)
    const tokens = name === undefined ? [token, CapiRecorder] : [token]
    return { ...module, exports: [...(module.exports ?? []), ...tokens] }
  }

  /** Called by Nest, where there is an HTTP server. */
  configure(): void {
    // Nest made this module for no request, so nothing is in it.
    if (!(#runtime in this)) throw requestScoped()
    this.#runtime.mount(this.#host.httpAdapter, this.#service)
  }

  /** Called by Nest when all providers are made. */
  onModuleInit(): void {
    findTracked(this.#modules, this.#moduleRef)
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
      // Before `own`: a recording of a test's module wins.
      { provide: RECORDING, useValue: null },
      ...own,
      {
        provide: RUNTIME,
        inject: [OPTIONS, RECORDING, ModulesContainer],
        useFactory: (
          options: CapiModuleOptions | undefined,
          recording: Recording | null,
          modules: ModulesContainer,
        ) => openRuntime({ name, options, recording, modules, reading }),
      },
      {
        provide: token,
        inject: [RUNTIME, ModuleRef, ModulesContainer],
        useFactory: async (
          runtime: CapiRuntime,
          moduleRef: ModuleRef,
          modules: ModulesContainer,
        ) =>
          byClass && isClassReplaced(modules, token)
            ? (await moduleRef.create(Replaced)).service
            : new CapiService(runtime),
      },
      { provide: SERVICE, useExisting: token },
      ...(byClass ? [{ provide: CapiService, useExisting: token }] : []),
    ],
    exports: byClass ? [token, CapiService] : [token],
  }
}

interface Opening {
  readonly name: string | undefined
  readonly options: CapiModuleOptions | undefined
  readonly recording: Recording | null
  readonly modules: ModulesContainer
  readonly reading: ModuleReading
}

function openRuntime({ name, options, recording, modules, reading }: Opening): CapiRuntime {
  if (typeof options !== 'object' || options === null) {
    throw new CapiConfigError(
      'config_invalid',
      `${reading.name}${name === undefined ? '' : ` of the client '${name}'`}: useFactory, or createCapiOptions, returned no options. Return an object, {} at least.`,
    )
  }
  if (recording === null) return CapiRuntime.open(modules, name, options, reading)
  const known = recording.tapes.get(name ?? '')
  const runtime = CapiRuntime.open(modules, name, options, {
    ...reading,
    environment: {},
    replace: (given) => recording.options(name ?? '', given),
  })
  const tape = known ?? recording.tapes.get(name ?? '')
  if (tape !== undefined) tape.client = runtime.host.client
  return runtime
}

/** What a test put in the place of `CapiService`, however it is made. */
@Injectable()
class Replaced {
  readonly service: CapiService
  constructor(@Inject(CapiService) service: CapiService) {
    this.service = service
  }
}

/** Nest replaces a provider where it stands: what is no alias of the token any more is a test's. */
function isClassReplaced(modules: ModulesContainer, token: symbol): boolean {
  for (const { providers } of modules.values()) {
    const wrapper = providers.has(RUNTIME) ? providers.get(CapiService) : undefined
    if (wrapper !== undefined) return wrapper.inject?.[0] !== token
  }
  return false
}

const requestScoped = () =>
  new CapiConfigError(
    'config_invalid',
    'CapiModule cannot be request-scoped, for one client serves all requests: remove REQUEST, and providers that need it, from `inject`. For tenants leave pixelId out and use capi.with({ pixelId }).',
  )

function asyncOptions(options: CapiModuleAsyncOptions): Provider[] {
  const { useFactory, inject = [], useClass, useExisting } = options
  if (inject.includes(REQUEST)) throw requestScoped()
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
