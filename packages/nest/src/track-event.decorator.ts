import type { EventName, Scope, UserDataInput } from '@capi/core'
import type { CheckedData } from '@capi/core/adapter'
import { type ExecutionContext, UseInterceptors } from '@nestjs/common'
import type { Observable } from 'rxjs'
import { type TrackRule, trackInterceptor } from './track-interceptor.ts'
import { wrapMethod } from './tracked-methods.ts'

type Ask<Result, Answer> = (
  result: Result,
  context: ExecutionContext,
) => Answer | undefined | Promise<Answer | undefined>

interface CommonOptions<Result> {
  /** Who it was; beside what the request and the module's `user` option tell. */
  readonly user?: Ask<Result, UserDataInput> | undefined
  /** The same on the browser's copy of the event. Default: a random UUID. */
  readonly eventId?: Ask<Result, string | number> | undefined
  /**
   * The response header that gives the page the event's id, `X-Event-Id` for example: its Pixel repeats it as `eventID`. Needs an `eventId`
   * and a `when` that are synchronous. Default: none.
   */
  readonly eventIdHeader?: string | undefined
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
        /** The event's `custom_data`, or a function that makes it of what the handler returned; a Purchase needs value and currency. */
        readonly data:
          | CheckedData<N, Currency, Key, Catalogue>
          | Ask<Result, CheckedData<N, Currency, Key, Catalogue>>
      }
    : {
        /** The event's `custom_data`, or a function that makes it of what the handler returned. Default: none. */
        readonly data?:
          | CheckedData<N, Currency, Key, Catalogue>
          | Ask<Result, CheckedData<N, Currency, Key, Catalogue>>
          | undefined
      })

type Handler<Result> = (...args: never[]) => Result | Promise<Result> | Observable<Result>

type HandlerDecorator<Result> = <H extends Handler<Result>>(
  target: object,
  property: string | symbol,
  descriptor: TypedPropertyDescriptor<H>,
) => void

/**
 * Tracks an event when the handler has succeeded: returned or resolved, with a status below 400. Of an
 * Observable the last value counts; of a server-sent stream the first. The callbacks get the result as it is
 * then, and Nest's `ExecutionContext`; they may be async, the response does not wait for them. Methods for which Nest runs no
 * interceptors are wrapped: `@OnEvent`, `@Cron`, `@Interval`, `@Timeout`, handlers of CQRS, processors of BullMQ. There a call that
 * returns tracks; give it a `scope`, for there is no request.
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
  const rule = (options ?? {}) as TrackRule
  const decorate: MethodDecorator = (target, property, descriptor) => {
    const interceptor = trackInterceptor(name, rule, placeOf(target, property))
    wrapMethod(descriptor as PropertyDescriptor, interceptor)
    UseInterceptors(interceptor)(target, property, descriptor)
  }
  return decorate as HandlerDecorator<Result>
}

const placeOf = (target: object, property: string | symbol) =>
  `${(typeof target === 'function' ? target : target.constructor).name}.${String(property)}`
