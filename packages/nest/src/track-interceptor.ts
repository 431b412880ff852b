import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import type { Scope, Tracker, UserDataInput } from '@capi/core'
import { attempt, errorName } from '@capi/core/adapter'
import {
  type CallHandler,
  type ExecutionContext,
  Inject,
  Injectable,
  Logger,
  type NestInterceptor,
} from '@nestjs/common'
import { Reflector } from '@nestjs/core'
import { isObservable, type Observable, tap } from 'rxjs'
import type { CapiService } from './capi.service.ts'
import { getCapiToken } from './tokens.ts'
import { trackerAt } from './visits.ts'

type Ask<Answer> = (
  result: unknown,
  context: ExecutionContext,
) => Answer | undefined | Promise<Answer | undefined>

/** What `@TrackEvent` was given. */
export interface TrackRule {
  readonly user?: Ask<UserDataInput> | undefined
  readonly eventId?: Ask<string | number> | undefined
  readonly eventIdHeader?: string | undefined
  readonly when?: Ask<boolean> | undefined
  readonly scope?: Ask<Scope> | undefined
  readonly client?: string | undefined
  readonly data?: object | Ask<object> | undefined
}

/** One `@TrackEvent`: a class of its own, because it asks for its client by token. */
export interface TrackInterceptor {
  new (
    capi: CapiService,
  ): NestInterceptor & {
    /** Tracks a call that Nest has not intercepted. */
    around(context: ExecutionContext, run: () => unknown): unknown
  }
  readonly place: string
  readonly event: string
  readonly token: symbol
  /** Nest runs interceptors for this method. */
  isIntercepted: boolean
}

/** Set by Nest's `@Sse()`. */
const SSE = '__sse__'
type LooseTrack = (name: string, data?: object, event?: object) => Promise<unknown>
type Warn = (what: string, error?: unknown) => void

export function trackInterceptor(event: string, rule: TrackRule, place: string): TrackInterceptor {
  const reflector = new Reflector()
  let isBroken = false

  class TrackEventInterceptor implements NestInterceptor {
    static readonly place = place
    static readonly event = event
    static readonly token = getCapiToken(rule.client)
    static isIntercepted = false
    readonly #capi: CapiService

    constructor(capi: CapiService) {
      this.#capi = capi
    }

    intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
      TrackEventInterceptor.isIntercepted = true
      return this.#watch(context, next.handle())
    }

    around(context: ExecutionContext, run: () => unknown): unknown {
      const track = this.#tracking(context)
      const result = run()
      if (isObservable(result)) return this.#watch(context, result)
      if (isThenable(result)) void result.then(track, () => {})
      else track(result)
      return result
    }

    #watch(context: ExecutionContext, results: Observable<unknown>): Observable<unknown> {
      const track = this.#tracking(context)
      const isStream = reflector.get<boolean | undefined>(SSE, context.getHandler()) === true
      let last: unknown
      return results.pipe(
        tap({
          next(value) {
            last = value
            if (isStream) track(last)
          },
          complete: () => track(last),
        }),
      )
    }

    /** The tracker is the request's as of now: the event may be tracked after the response. */
    #tracking(context: ExecutionContext): (result: unknown) => void {
      const capi = this.#capi
      const current = trackerAt(context, rule.client) ?? attempt(() => capi.request) ?? capi
      let isTracked = false
      return (result) => {
        if (isTracked || isRefused(context)) return
        isTracked = true
        const asked = { capi, current, result, context }
        trackResult(asked).catch((error) => warnOnce('it', error))
      }
    }
  }

  interface Asked {
    readonly capi: CapiService
    readonly current: Tracker
    readonly result: unknown
    readonly context: ExecutionContext
  }

  async function trackResult({ capi, current, result, context }: Asked): Promise<void> {
    const answers = new Map<string, unknown>()
    const call = (callback: string, given: unknown): unknown => {
      if (typeof given !== 'function') return given
      if (!answers.has(callback)) answers.set(callback, given.call(rule, result, context))
      return answers.get(callback)
    }
    const ask = async <T>(callback: string, given: Ask<T> | T | undefined) => {
      try {
        return (await call(callback, given)) as T | undefined
      } catch (error) {
        warnOnce(`its callback ${callback}`, error)
        throw error
      }
    }
    const answered = attempt(() => answerId(context, call))
    if (rule.when !== undefined && (await ask('when', rule.when)) !== true) return
    const [scope, data, eventId, user_data] = await Promise.all([
      ask('scope', rule.scope),
      ask('data', rule.data),
      ask('eventId', rule.eventId),
      ask('user', rule.user),
    ])
    const event_id = answered ?? eventId
    const isOwn = scope?.action_source !== undefined
    const tracker = scope === undefined ? current : (isOwn ? capi : current).with(scope)
    const fields = {
      ...(event_id !== undefined && { event_id }),
      ...(user_data !== undefined && { user_data }),
    }
    await (tracker.track as LooseTrack)(event, data, fields)
  }

  /** Before the response is written. What is asynchronous is known too late. */
  function answerId(
    context: ExecutionContext,
    call: (callback: string, given: unknown) => unknown,
  ): string | undefined {
    const { eventIdHeader, when, eventId } = rule
    const response = eventIdHeader === undefined ? undefined : responseOf(context)
    if (eventIdHeader === undefined || response === undefined || response.headersSent) return
    const isWanted = when === undefined || call('when', when)
    const id = isWanted === true ? (call('eventId', eventId) ?? randomUUID()) : undefined
    if (isThenable(isWanted) || isThenable(id)) {
      warnOnce('eventIdHeader needs an eventId and a when that are synchronous, so the page')
      return
    }
    if (typeof id !== 'string' && typeof id !== 'number') return
    response.setHeader(eventIdHeader, `${id}`)
    return `${id}`
  }

  const warnOnce: Warn = (what, error) => {
    if (isBroken) return
    isBroken = true
    const line =
      error === undefined
        ? `${what} is not given the event's id. Logged once.`
        : `is not tracked: ${what} threw ${errorName(error)}. Logged once.`
    attempt(() => new Logger('CapiModule').warn(`@TrackEvent('${event}') of ${place} ${line}`))
  }

  Inject(TrackEventInterceptor.token)(TrackEventInterceptor, undefined, 0)
  Injectable()(TrackEventInterceptor)
  // Nest's own error then says what is missing, and where.
  const { client } = rule
  const module = client === undefined ? 'CapiModule' : `CapiModule.forRoot({ name: '${client}' })`
  const name = `@TrackEvent('${event}') of ${place}, which needs an import of ${module}`
  Object.defineProperty(TrackEventInterceptor, 'name', { value: name })
  return TrackEventInterceptor
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { readonly then?: unknown } | null | undefined)?.then === 'function'
}

/** Node's own response: of Express, of Fastify, or in the context of GraphQL. */
function responseOf(context: ExecutionContext): ServerResponse | undefined {
  const type = context.getType<string>()
  if (type !== 'http' && type !== 'graphql') return undefined
  const response = type === 'http' ? context.getArgByIndex(1) : context.getArgByIndex(2)?.res
  return response?.raw ?? response
}

/** A handler that answers through `@Res()` can refuse without throwing. */
function isRefused(context: ExecutionContext): boolean {
  if (context.getType() !== 'http') return false
  const response: { readonly statusCode?: unknown } | undefined = context.getArgByIndex(1)
  const status = response?.statusCode
  return typeof status === 'number' && status >= 400
}
