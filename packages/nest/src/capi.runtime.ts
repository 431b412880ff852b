import { AsyncLocalStorage } from 'node:async_hooks'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Capi, createCapi, optionsFromEnv } from '@capi/core'
import { attempt } from '@capi/core/adapter'
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

const PROXY =
  "trust_proxy_unset. A proxy stands in front and is not trusted, so that visitors' addresses are unknown. Set Express' `trust proxy` or Fastify's `trustProxy` to its address, or the option clientIp. Logged once."

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
    options: CapiModuleOptions,
    environment: NodeJS.ProcessEnv,
  ) {
    checkOptions(options)
    this.name = name ?? ''
    this.options = options
    this.#logger =
      options.logger ?? new Logger(name === undefined ? 'CapiModule' : `CapiModule:${name}`)
    this.client =
      options.client ??
      createCapi({ ...options, ...fromEnvironment(options, environment), logger: this.#logger })
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

  warnOfProxy(): void {
    this.warnOnce('proxy', PROXY)
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

/** Given options win; the environment fills in what is absent. */
function fromEnvironment(given: object, environment: NodeJS.ProcessEnv): object {
  const missing = Object.entries(optionsFromEnv(environment)).filter(
    ([option]) => (given as Record<string, unknown>)[option] === undefined,
  )
  return Object.fromEntries(missing)
}
