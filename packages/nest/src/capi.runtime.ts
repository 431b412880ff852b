import { AsyncLocalStorage } from 'node:async_hooks'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Capi, createCapi } from '@capi/core'
import {
  attempt,
  clientOptions,
  ignoredLine,
  type OptionTable,
  readOptions,
} from '@capi/core/adapter'
import { type HttpServer, Logger } from '@nestjs/common'
import type { CapiModuleOptions } from './capi-module-options.ts'
import { checkOptions } from './check-options.ts'
import type { PlatformRequest } from './platform-request.ts'
import { Visit, type VisitSource } from './visit.ts'

type Next = (error?: unknown) => void
type OnRequest = (request: FastifyRequest, reply: { raw: ServerResponse }, done: Next) => void
type FastifyRequest = PlatformRequest & { readonly raw: IncomingMessage }
interface FastifyInstance {
  addHook(name: 'onRequest', hook: OnRequest): void
}

const UNKNOWN_ADDRESS =
  "client_ip_unknown. The connection has no address, so visitors' addresses are unknown. Set the option clientIp. Logged once."
const PROXY =
  "trust_proxy_unset. A proxy stands in front and is not trusted, so that visitors' addresses are unknown. Set Express' `trust proxy` or Fastify's `trustProxy` to its address, or the option clientIp. Logged once."

/** How the module's options came, and what is said of them. */
export interface ModuleReading {
  /** The method that took them. */
  readonly name: string
  readonly table: OptionTable<CapiModuleOptions>
  /** Lines about options that were read before there was a logger. */
  readonly misspelt?: readonly string[]
  /** Fills in what is absent; default the process's. */
  readonly environment?: NodeJS.ProcessEnv
}

/** A client of the application, and what ties it to the requests that come in. */
export class CapiRuntime implements VisitSource {
  readonly name: string
  readonly client: Capi
  readonly options: CapiModuleOptions
  readonly storage = new AsyncLocalStorage<Visit>()

  readonly #logger: NonNullable<CapiModuleOptions['logger']>
  readonly #told = new Set<string>()

  constructor(
    name: string | undefined,
    given: CapiModuleOptions,
    { environment = process.env, misspelt = [], ...reading }: ModuleReading,
  ) {
    this.name = name ?? ''
    this.#logger =
      given?.logger ?? new Logger(name === undefined ? 'CapiModule' : `CapiModule:${name}`)
    const warn = (line: string) => attempt(() => this.#logger.warn(line))
    for (const line of misspelt) warn(line)
    const options = readOptions(given, { ...reading, warn })
    checkOptions(options)
    const ignored = options.client && ignoredLine(reading.name, options)
    if (ignored !== undefined) warn(ignored)
    this.options = options
    this.client =
      options.client ?? createCapi({ ...clientOptions(options, environment), logger: this.#logger })
  }

  /** Before everything the application adds in its modules; what its callbacks need is asked for later. */
  mount(adapter: HttpServer): void {
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
  }

  warnOfAddress(code: 'client_ip_unknown' | 'trust_proxy_unset'): void {
    this.warnOnce(code, code === 'trust_proxy_unset' ? PROXY : UNKNOWN_ADDRESS)
  }

  warnOnce(topic: string, line: string): void {
    if (this.#told.has(topic)) return
    this.#told.add(topic)
    attempt(() => this.#logger.warn(line))
  }

  /** A client made elsewhere is not closed here. */
  async shutDown(): Promise<void> {
    const { client, shutdownTimeoutMs: timeoutMs } = this.options
    const limit = timeoutMs === undefined ? {} : { timeoutMs }
    await (client === undefined ? this.client.close(limit) : client.flush(limit))
  }

  #enter(
    request: PlatformRequest,
    raw: IncomingMessage,
    response: ServerResponse,
    next: Next,
  ): void {
    let visit: Visit
    try {
      visit = Visit.enter(this, request, raw, response)
    } catch {
      next() // Unreadable; the application may still know what to answer.
      return
    }
    this.storage.run(visit, next)
  }
}
