import { AsyncLocalStorage } from 'node:async_hooks'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { isDeepStrictEqual } from 'node:util'
import { CapiConfigError, CapiError, type RequestTracker } from '@capi/core'
import {
  attempt,
  clientOptions,
  type HostedRequest,
  type HostSetup,
  type OnEnd,
  onClose,
  type RequestHost,
  requestHost,
} from '@capi/core/adapter'
import { type HttpServer, Logger } from '@nestjs/common'
import type { ModulesContainer } from '@nestjs/core'
import type { CapiModuleOptions } from './capi-module-options.ts'
import { type PlatformRequest, readRequest, trustedProxies } from './platform-request.ts'
import { openSockets, type Visits, visitsOn } from './visits.ts'

type Next = (error?: unknown) => void
type OnRequest = (request: FastifyRequest, reply: { raw: ServerResponse }, done: Next) => void
type FastifyRequest = PlatformRequest & { readonly raw: IncomingMessage }
interface FastifyInstance {
  addHook(name: 'onRequest', hook: OnRequest): void
}

/** How the module's options came, and what is said of them. */
export interface ModuleReading
  extends Pick<HostSetup<PlatformRequest, CapiModuleOptions>, 'name' | 'table'> {
  /** Lines about options that were read before there was a logger. */
  readonly misspelt?: readonly string[]
  /** Fills in what is absent; default the process's. */
  readonly environment?: NodeJS.ProcessEnv
  /** Options that a test puts in the place of the application's. */
  readonly replace?: (options: CapiModuleOptions) => CapiModuleOptions
}

/** The clients of one application, by name. */
const RUNTIMES = Symbol.for('@capi/nest.runtimes')
type Application = ModulesContainer & { [RUNTIMES]?: Map<string, CapiRuntime> }

/** A client of the application, and what ties it to the requests that come in. */
export class CapiRuntime {
  readonly name: string
  readonly host: RequestHost<PlatformRequest, CapiModuleOptions>
  readonly storage = new AsyncLocalStorage<Visits>()
  readonly #given: CapiModuleOptions
  #isMounted = false
  #standIn: RequestTracker | undefined

  /**
   * The client of this name, which the application has once.
   * @throws CapiConfigError for a second one that differs, and for a malformed option.
   */
  static open(
    application: Application,
    name: string | undefined,
    options: CapiModuleOptions,
    reading: ModuleReading,
  ): CapiRuntime {
    application[RUNTIMES] ??= new Map()
    const runtimes = application[RUNTIMES]
    const known = runtimes.get(name ?? '')
    if (known !== undefined && isSame(known.#given, options)) return known
    const which = name === undefined ? 'without a name' : `with the name '${name}'`
    if (known !== undefined) {
      throw new CapiConfigError(
        'config_invalid',
        `CapiModule is imported twice ${which}, with different options: events would go to one client or the other. Give one of them another \`name\`, or import CapiModule in the root module alone. In a test, CapiTesting.override(builder) replaces the network of a module that is imported already.`,
      )
    }
    try {
      const runtime = new CapiRuntime(name, options, reading)
      runtimes.set(runtime.name, runtime)
      return runtime
    } catch (error) {
      if (name === undefined || !CapiError.is(error)) throw error
      // The variables are those of the client without a name.
      const message = error.message.replace(/ \(META_[A-Z_]+\)/, '')
      throw new CapiConfigError('config_invalid', `Client '${name}' of CapiModule: ${message}`)
    }
  }

  private constructor(
    name: string | undefined,
    given: CapiModuleOptions,
    { environment = process.env, misspelt = [], replace, ...reading }: ModuleReading,
  ) {
    this.name = name ?? ''
    this.#given = given
    const logger =
      given.logger ?? new Logger(name === undefined ? 'CapiModule' : `CapiModule:${name}`)
    const lines = [...misspelt]
    const own = replace === undefined ? given : replace(given)
    const options = name === undefined ? own : named(name, own, lines)
    const variables = name === undefined ? environment : { ...environment, ...UNPREFIXED }
    if (environment['NODE_ENV'] === 'test' && isForMeta(options, variables)) lines.push(TEST_SENDS)
    for (const line of lines) attempt(() => logger.warn(line))
    this.host = requestHost(options, {
      ...reading,
      environment: variables,
      logger,
      trustAdvice:
        "Set Express' `trust proxy` or Fastify's `trustProxy` to your proxies, or the option clientIp.",
      trustedProxies,
      skip: 'late',
    })
  }

  /**
   * Before everything the application adds in its modules; what its callbacks need is asked for later.
   * @param injected what the application injects for this client: the service, or what a test put in its place.
   */
  mount(adapter: HttpServer, injected: { readonly client?: unknown }): void {
    if (this.#isMounted) return
    this.#isMounted = true
    if (injected?.client !== this.host.client) this.#standIn = injected as RequestTracker
    if (adapter.getType() === 'fastify') {
      const fastify: FastifyInstance = adapter.getInstance()
      fastify.addHook('onRequest', (request, reply, done) =>
        this.#enter(request, request.raw, reply.raw, done),
      )
    } else {
      adapter.use((request: IncomingMessage, response: ServerResponse, next: Next) =>
        this.#enter(request, request, response, next),
      )
    }
    const app: { readonly get?: unknown } = adapter.getInstance()
    openSockets(adapter.getHttpServer(), (handshake, end) => {
      // Express' `trust proxy` counts for handshakes too.
      const request =
        typeof app.get === 'function'
          ? Object.create(handshake, { app: { value: app } })
          : handshake
      attempt(() => this.#open(visitsOn(handshake), request, handshake, end))
    })
  }

  /** A client made elsewhere is not closed here. */
  async shutDown(): Promise<void> {
    const { client, options } = this.host
    const { shutdownTimeoutMs: timeoutMs } = options
    const limit = timeoutMs === undefined ? {} : { timeoutMs }
    await (options.client === undefined ? client.close(limit) : client.flush(limit))
  }

  #enter(
    request: PlatformRequest,
    raw: IncomingMessage,
    response: ServerResponse,
    next: Next,
  ): void {
    let visits: Visits
    try {
      visits = visitsOn(raw)
      const isFirst = visits.size === 0
      const visit = this.#open(visits, request, raw, onClose(response))
      if (isFirst) visit.serve(response)
    } catch {
      next() // Unreadable; the application may still know what to answer.
      return
    }
    this.storage.run(visits, next)
  }

  #open(
    visits: Visits,
    request: PlatformRequest,
    raw: IncomingMessage,
    onEnd: OnEnd,
  ): HostedRequest {
    const [first] = visits.values()
    const hosted = this.host.open(readRequest(request, raw), request, onEnd, first?.hosted)
    visits.set(this.name, { hosted, standIn: this.#standIn })
    return hosted
  }
}

/** The dataset and the token of the environment are those of the client without a name. */
const UNPREFIXED = {
  META_PIXEL_ID: undefined,
  META_DATASET_ID: undefined,
  META_CAPI_ACCESS_TOKEN: undefined,
}

/** A named client without a token of its own is switched off. */
function named(name: string, options: CapiModuleOptions, lines: string[]): CapiModuleOptions {
  const { client, enabled, gateway, pixelId, accessToken } = options
  if (client !== undefined || enabled === false) return options
  const isOff = isBlank(accessToken) && gateway === undefined
  const missing = [
    ...(isBlank(pixelId) && typeof accessToken !== 'function' ? ['pixelId'] : []),
    ...(isOff ? ['accessToken'] : []),
  ]
  if (missing.length === 0) return options
  const what = isOff
    ? 'is disabled, and its events are dropped'
    : 'sends only events whose scope names a pixel'
  lines.push(
    `Client '${name}' ${what}: it has no ${missing.join(' and no ')}. META_PIXEL_ID and META_CAPI_ACCESS_TOKEN belong to the client without a name: pass this client its own, beside the name (client_disabled).`,
  )
  return isOff ? { ...options, client: undefined, enabled: false } : options
}

const isBlank = (value: unknown) =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '')

const TEST_SENDS =
  'NODE_ENV is test, and this client sends events to Meta with its token. Call CapiTesting.override(builder) in the test, set CAPI_BASE_URL to an emulator, or pass { enabled: false } (test_sends).'

function isForMeta(options: CapiModuleOptions, environment: NodeJS.ProcessEnv): boolean {
  if (options.client !== undefined || options.enabled === false) return false
  const { accessToken, baseUrl, fetch } = clientOptions(options, environment)
  if (isBlank(accessToken) || fetch !== undefined || options.gateway !== undefined) return false
  return isBlank(baseUrl) || /^https:\/\/[^/]*\bfacebook\.com\b/i.test(String(baseUrl))
}

/** The same values, and plain data that is equal. */
function isSame(one: object, other: object): boolean {
  const [left, right] = [one, other].map((options) =>
    Object.entries({ ...options, name: undefined, isGlobal: undefined }).filter(
      ([, value]) => value !== undefined,
    ),
  ) as [[string, unknown][], [string, unknown][]]
  const values = new Map(right)
  return (
    left.length === right.length && left.every(([name, value]) => isEqual(value, values.get(name)))
  )
}

function isEqual(one: unknown, other: unknown): boolean {
  return Object.is(one, other) || (isPlain(one) && isPlain(other) && isDeepStrictEqual(one, other))
}

function isPlain(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype
}
