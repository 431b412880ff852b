import { AsyncLocalStorage } from 'node:async_hooks'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { attempt, type HostSetup, onClose, type RequestHost, requestHost } from '@capi/core/adapter'
import { type HttpServer, Logger } from '@nestjs/common'
import type { CapiModuleOptions } from './capi-module-options.ts'
import { type PlatformRequest, readRequest, trustedProxies } from './platform-request.ts'
import { type Visits, visitsOn } from './visits.ts'

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
}

/** A client of the application, and what ties it to the requests that come in. */
export class CapiRuntime {
  readonly name: string
  readonly host: RequestHost<PlatformRequest, CapiModuleOptions>
  readonly storage = new AsyncLocalStorage<Visits>()

  constructor(
    name: string | undefined,
    options: CapiModuleOptions,
    { environment = process.env, misspelt = [], ...reading }: ModuleReading,
  ) {
    this.name = name ?? ''
    const logger =
      options?.logger ?? new Logger(name === undefined ? 'CapiModule' : `CapiModule:${name}`)
    for (const line of misspelt) attempt(() => logger.warn(line))
    this.host = requestHost(options, {
      ...reading,
      environment,
      logger,
      trustAdvice:
        "Set Express' `trust proxy` or Fastify's `trustProxy` to your proxies, or the option clientIp.",
      trustedProxies,
      skip: 'late',
    })
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
      const [first] = visits.values()
      const visit = this.host.open(readRequest(request, raw), request, onClose(response), first)
      visits.set(this.name, visit)
      if (first === undefined) visit.serve(response)
    } catch {
      next() // Unreadable; the application may still know what to answer.
      return
    }
    this.storage.run(visits, next)
  }
}
