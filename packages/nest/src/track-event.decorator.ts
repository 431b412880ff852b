import type { EventName, Scope, Tracker, UserDataInput } from '@capi/core'
import { attempt, type CheckedData, errorName } from '@capi/core/adapter'
import {
  type CallHandler,
  type ExecutionContext,
  Inject,
  Logger,
  mixin,
  type NestInterceptor,
  type Type,
  UseInterceptors,
} from '@nestjs/common'
import { Reflector } from '@nestjs/core'
import { type Observable, tap } from 'rxjs'
import type { CapiService } from './capi.service.ts'
import { getCapiToken } from './tokens.ts'

type Ask<Result, Answer> = (
  result: Result,
  context: ExecutionContext,
) => Answer | undefined | Promise<Answer | undefined>

interface CommonOptions<Result> {
  /** Who it was; beside what the request and the module's `user` option tell. */
  readonly user?: Ask<Result, UserDataInput> | undefined
  /** The same on the browser's copy of the event. Default: a random UUID. */
  readonly eventId?: Ask<Result, string | number> | undefined
  /** Tracks only where this is true. */
  readonly when?: Ask<Result, boolean> | undefined
  /** Where there is no request: a saved `context`, or `{ action_source: 'system_generated' }`. */
  readonly scope?: Ask<Result, Scope> | undefined
  /** Name of the client; default: the one without a name. */
  readonly client?: string | undefined
}

/**
 * How an event is made of what a handler returned. What a callback throws costs the event, never the request.
 * The last three describe the literal that `data` returns, for the compiler's checks.
 */
export type TrackEventOptions<
  N extends EventName,
  Result,
  Currency extends string = string,
  Key extends PropertyKey = PropertyKey,
  Catalogue extends string = string,
> = CommonOptions<Result> &
  (N extends 'Purchase'
    ? {
        /** The event's `custom_data`, made of what the handler returned; a Purchase needs value and currency. */
        readonly data: Ask<Result, CheckedData<N, Currency, Key, Catalogue>>
      }
    : {
        /** The event's `custom_data`, made of what the handler returned. Default: none. */
        readonly data?: Ask<Result, CheckedData<N, Currency, Key, Catalogue>> | undefined
      })

type Handler<Result> = (...args: never[]) => Result | Promise<Result> | Observable<Result>

type HandlerDecorator<Result> = <H extends Handler<Result>>(
  target: object,
  property: string | symbol,
  descriptor: TypedPropertyDescriptor<H>,
) => void

/** Set by Nest's `@Sse()`. */
const SSE = '__sse__'

/**
 * Tracks an event when the handler has succeeded: returned or resolved, with a status below 400. Of an
 * Observable the last value counts; of a server-sent stream the first. The callbacks get the result as it is
 * then, and Nest's `ExecutionContext`; they may be async, the response does not wait for them.
 * @example
 * @Post('orders')
 * @TrackEvent('Purchase', {
 *   data: (order: Order) => ({ value: order.total, currency: order.currency }),
 *   eventId: (order) => `order.${order.id}`,
 * })
 * create() {}
 */
export function TrackEvent<
  N extends EventName,
  Result = unknown,
  Currency extends string = string,
  Key extends PropertyKey = PropertyKey,
  Catalogue extends string = string,
>(
  name: N,
  ...[options]: N extends 'Purchase'
    ? [options: TrackEventOptions<N, Result, Currency, Key, Catalogue>]
    : [options?: TrackEventOptions<N, Result, Currency, Key, Catalogue>]
): HandlerDecorator<Result> {
  const rule = (options ?? {}) as Rule
  return UseInterceptors(trackInterceptor(name, rule)) as HandlerDecorator<Result>
}

type Rule = CommonOptions<unknown> & { readonly data?: Ask<unknown, object> | undefined }
type LooseTrack = (name: string, data?: object, event?: object) => Promise<unknown>
type Warn = (what: string, error: unknown) => void

/** A class for each use: it asks for its client by token and needs no metadata. */
function trackInterceptor(name: string, rule: Rule): Type<NestInterceptor> {
  const reflector = new Reflector()
  let isBroken = false

  class TrackEventInterceptor implements NestInterceptor {
    readonly #capi: CapiService

    constructor(capi: CapiService) {
      this.#capi = capi
    }

    intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
      const current = currentTracker(this.#capi)
      const isStream = reflector.get<boolean | undefined>(SSE, context.getHandler()) === true
      let last: unknown
      let isTracked = false
      const track = () => {
        if (isTracked || isRefused(context)) return
        isTracked = true
        const warn = warnOnce(context)
        trackResult(this.#capi, current, last, context, warn).catch((error) => warn('it', error))
      }
      return next.handle().pipe(
        tap({
          next(value) {
            last = value
            if (isStream) track()
          },
          complete: track,
        }),
      )
    }
  }

  async function trackResult(
    capi: CapiService,
    current: Tracker,
    result: unknown,
    context: ExecutionContext,
    warn: Warn,
  ): Promise<void> {
    const ask = async <T>(callback: string, call: Ask<unknown, T> | undefined) => {
      try {
        return await call?.call(rule, result, context)
      } catch (error) {
        warn(`its callback ${callback}`, error)
        throw error
      }
    }
    if (rule.when !== undefined && (await ask('when', rule.when)) !== true) return
    const [scope, data, event_id, user_data] = await Promise.all([
      ask('scope', rule.scope),
      ask('data', rule.data),
      ask('eventId', rule.eventId),
      ask('user', rule.user),
    ])
    const isOwn = scope?.action_source !== undefined
    const tracker = scope === undefined ? current : (isOwn ? capi : current).with(scope)
    const fields = {
      ...(event_id !== undefined && { event_id }),
      ...(user_data !== undefined && { user_data }),
    }
    await (tracker.track as LooseTrack)(name, data, fields)
  }

  function warnOnce(context: ExecutionContext): Warn {
    const place = `${context.getClass().name}.${context.getHandler().name}`
    return (what, error) => {
      if (isBroken) return
      isBroken = true
      const line = `@TrackEvent('${name}') of ${place} is not tracked: ${what} threw ${errorName(error)}. Logged once.`
      attempt(() => new Logger('CapiModule').warn(line))
    }
  }

  Inject(getCapiToken(rule.client))(TrackEventInterceptor, undefined, 0)
  return mixin(TrackEventInterceptor)
}

/** The request's, as of now: the event may be tracked after the response. */
function currentTracker(capi: CapiService): Tracker {
  try {
    return capi.request ?? capi
  } catch {
    return capi // A test's stand-in need not know requests.
  }
}

/** A handler that answers through `@Res()` can refuse without throwing. */
function isRefused(context: ExecutionContext): boolean {
  if (context.getType() !== 'http') return false
  const response: { readonly statusCode?: unknown } | undefined = context.getArgByIndex(1)
  const status = response?.statusCode
  return typeof status === 'number' && status >= 400
}
