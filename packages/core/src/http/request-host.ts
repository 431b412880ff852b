import { CLIENT_OPTIONS, clientOptions, ignoredLine } from '../client/client-options.ts'
import { createCapi } from '../client/create-capi.ts'
import type { CapiOptions } from '../client/options.ts'
import type { Capi } from '../client/tracker.ts'
import { asFields } from '../field/fields.ts'
import type { AnyOptionTable, OptionTable } from '../option/option-table.ts'
import { readOptions } from '../option/read-options.ts'
import { attempt } from '../runtime/attempt.ts'
import { consoleLogger, type Logger } from '../runtime/logger.ts'
import { type WarnOnce, warnOnce } from '../runtime/warn-once.ts'
import { type HostedRequest, type HostParts, type OnEnd, OpenRequest } from './hosted-request.ts'
import type { RequestLike, TrustedProxies } from './request-like.ts'
import {
  type ClientChoice,
  checkRequestOptions,
  type RequestOptions,
  requestKinds,
  watchFunctions,
} from './request-options.ts'
import { type Ways, waysOf } from './visit.ts'

/** What every adapter takes: how requests are read, and its client. */
export type HostOptions<R> = RequestOptions<R> & ClientChoice

/** What one framework's adapter is. */
export interface HostSetup<R, O> {
  /** The function that takes the options, as its caller writes it: `capiMiddleware`. */
  readonly name: string
  /** Stands before each line in the log, for example `@capi/express: `. Default: nothing. */
  readonly prefix?: string | undefined
  /** Options of its own, beside those of `HostOptions`: a missing name, and one too many, do not compile. */
  readonly table: OptionTable<Omit<O, keyof HostOptions<R>>>
  /** Where `createCapi` finds what the options leave out: `process.env`. */
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Default: the console. */
  readonly logger?: Logger | undefined
  /** How somebody names his proxies in this framework, as a sentence of the log: "Set app.set('trust proxy', …)". */
  readonly trustAdvice: string
  /** Which proxies the framework itself trusts for this request. Default: none. The option `trustedProxies` wins. */
  readonly trustedProxies?: ((native: R) => TrustedProxies) | undefined
  /** When `skip` is asked: once, as the request comes in, or `late`, at each event, when guards have run. Default: once. */
  readonly skip?: 'late' | undefined
}

/** Serves the requests of one adapter. */
export interface RequestHost<R, O> {
  /** The client in use: the one that was given, or its own. */
  readonly client: Capi
  /** The options as they were read: blanks trimmed, functions watched. */
  readonly options: O
  /** A line in the log, once for each code and topic. */
  readonly warn: WarnOnce
  /**
   * Takes a request. Nothing of it is read before it is needed.
   * @param request what core reads of it.
   * @param native the framework's own request, which the functions of the options get.
   * @param onEnd is given what to call when the response has ended, or its connection is gone.
   * @param beside the same request, opened by another host: the visitor gets one `_fbp` from both.
   */
  open(
    request: RequestLike,
    native: R,
    onEnd: OnEnd,
    beside?: Pick<HostedRequest, 'shared'>,
  ): HostedRequest
}

/**
 * What every adapter stands on. It checks options at the start (one table: names, types, what an unfit answer counts as),
 * makes the client, and gives each request its tracker, its cookies and its PageView. An adapter is left with three things:
 * to read the framework's request (`RequestLike`), to put `tracker` where its users look for it, and to write the answer:
 * `serve(response)` for what is made of Node's response, else `cookies(head)` before it and `answered(status)` after it.
 * @throws CapiConfigError for a malformed option, and for a name that could mean `consent`.
 * @example
 * // The whole of an adapter for Koa.
 * export function capiKoa(given: HostOptions<Context> = {}): Middleware {
 *   const host = requestHost(given, {
 *     name: 'capiKoa',
 *     prefix: '@capi/koa: ',
 *     table: {},
 *     environment: process.env,
 *     trustAdvice: 'Set app.proxy, or the option clientIp.',
 *   })
 *   return async (ctx, next) => {
 *     const { method, url, ip: clientIp, secure: isEncrypted, headers, res } = ctx
 *     const request = { method, url, clientIp, isEncrypted, header: (name: string) => headers[name] }
 *     const visit = host.open(request, ctx, onClose(res))
 *     visit.serve(res)
 *     ctx.state.capi = visit.tracker
 *     await next()
 *   }
 * }
 */
export function requestHost<R, O extends HostOptions<R>>(
  given: O,
  setup: HostSetup<R, O>,
): RequestHost<R, O> {
  const { options, warn, createClient, serving } = readyHost(given, setup)
  const client = createClient(setup.environment)
  return { client, options, warn, open: serving(waysOf(client)) }
}

/**
 * What an adapter stands on, before it has a client.
 * @internal
 */
export interface ReadyHost<R, O> extends Pick<RequestHost<R, O>, 'options' | 'warn'> {
  /** The client that was given, or a new one. @param more goes before the options, the environment after them. */
  readonly createClient: (environment: object, more?: CapiOptions) => Capi
  /** How requests are opened whose events take these ways. */
  readonly serving: (ways: Ways) => RequestHost<R, O>['open']
}

/**
 * Checks the options of an adapter, and makes no client yet.
 * @throws CapiConfigError for a malformed option of how requests are read, and for a name that could mean `consent`.
 * @internal
 */
export function readyHost<R, O extends HostOptions<R>>(
  given: O,
  setup: Omit<HostSetup<R, O>, 'environment'>,
): ReadyHost<R, O> {
  const { name, prefix } = setup
  const own = asFields(given)?.['logger'] as Logger | undefined
  const logger = own ?? setup.logger ?? consoleLogger
  const say = (line: string) => attempt(() => logger.warn(`${prefix ?? ''}${line}`))
  const table = { ...CLIENT_OPTIONS, ...requestKinds(), ...(setup.table as AnyOptionTable) }
  const checked = readOptions(given, { name, table: table as never, warn: say })
  checkRequestOptions(checked)
  const ignored = checked.client && ignoredLine(name, checked)
  if (ignored !== undefined) say(ignored)
  const warn = warnOnce(logger, prefix)
  const options = watchFunctions(checked, warn)
  const parts: Omit<HostParts<R>, 'ways'> = {
    options,
    warn,
    trustAdvice: setup.trustAdvice,
    trustedProxies: setup.trustedProxies,
    isSkippedLate: setup.skip === 'late',
  }
  return {
    options,
    warn,
    createClient: (environment, more) =>
      // Of another copy perhaps: its methods are the same.
      (checked.client as Capi | undefined) ??
      createCapi({ ...clientOptions(checked as CapiOptions, environment), logger, ...more }),
    serving(ways) {
      const host: HostParts<R> = { ...parts, ways }
      return (request, native, onEnd, beside) =>
        new OpenRequest(host, { request, native, onEnd }, beside?.shared)
    },
  }
}
