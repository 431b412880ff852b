import type { RetryOptions } from '../delivery/backoff.ts'
import type { BatchOptions, DeliveryOptions } from '../delivery/delivery-options.ts'
import type { Drop } from '../issue/drop-reason.ts'
import type { Issue } from '../issue/issue.ts'
import type { ParsePhone } from '../normalize/rule-context.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Logger } from '../runtime/logger.ts'
import type { Outbox } from '../store/outbox-port.ts'
import type { AccessToken, ExchangeOptions, GatewayOptions } from '../transport/exchange-options.ts'

/**
 * What a client is made of; all of it may be left out. Durations are milliseconds. @throws CapiConfigError at
 * once, naming the option, when one cannot work.
 */
export interface CapiOptions {
  /**
   * False switches the client off, for development and tests: every event is dropped as `disabled`, nothing is logged,
   * `send` rejects, and neither an id nor a token is needed. Default true.
   */
  readonly enabled?: boolean | undefined
  /** The dataset (pixel) id, digits; several send every event to each. Without one, scopes or events name it, and those that name none are dropped as `disabled`. */
  readonly pixelId?: string | readonly string[] | undefined
  /** A token from Events Manager or of a system user, or a function that gives it for a pixel; see `AccessToken` for how long it is kept. Without one the client sends nothing and logs that once. */
  readonly accessToken?: AccessToken | undefined
  /** The app's secret, where the app demands `appsecret_proof` with every call. */
  readonly appSecret?: string | undefined
  /** Sends to a Conversions API Gateway instead of Meta; needs no access token. */
  readonly gateway?: GatewayOptions | undefined
  /** From Events Manager, Test events. Such events still count: remove it in production. */
  readonly testEventCode?: string | undefined
  /** Graph API version; default `v27.0`. One that Meta ended, or ends within 90 days, is reported once. */
  readonly apiVersion?: string | undefined
  /**
   * Meta's address, default `https://graph.facebook.com`; the emulator's in development and tests. Plain `http` is refused
   * unless it is private: loopback, a private address, or a name of one label or in `.localhost`, `.local`, `.internal`, `.test`.
   */
  readonly baseUrl?: string | undefined
  /** Names a partner platform to Meta: under 23 characters, at least 2 letters. */
  readonly partnerAgent?: string | undefined
  /** Groups uploads of offline events in Events Manager: Meta's `upload_tag`, which stands in each request beside its events. */
  readonly uploadTag?: string | undefined
  /** Country of phone numbers written without country code, for example `DE`. Default: the person's own `country`. */
  readonly phoneCountry?: string | undefined
  /** Takes over the phone rule, for example `parsePhone` of `@capi/core/phone`. */
  readonly parsePhone?: ParsePhone | undefined
  /**
   * Milliseconds for a whole request to Meta, body included, and for calls of the outbox that no caller of `track` waits for;
   * default 10,000.
   */
  readonly timeoutMs?: number | undefined
  /**
   * Milliseconds that `await track()` takes at most, whatever the outbox does; default 1,000. An event that is not in the outbox by
   * then waits in memory (`whileAway`). After two time-outs in a row the next calls answer at once, until the outbox answers again.
   */
  readonly putTimeoutMs?: number | undefined
  /**
   * Most bytes of one event's JSON, default 262,144 (256 KiB). A larger one is dropped as `invalid` (`event_too_large`): Meta refuses
   * what is far beyond any real event, and with it the batch.
   */
  readonly maxEventBytes?: number | undefined
  /** How many events travel together, and how long they wait for each other. */
  readonly batch?: BatchOptions | undefined
  /**
   * Most requests with queued events on their way together, over all pixels; default 64. Pixels take turns, in the order their events
   * fell due. `send` has connections of its own.
   */
  readonly maxConnections?: number | undefined
  /** How long a failed request waits for its repeat. There is no limit to repeats but the event's age. */
  readonly retry?: RetryOptions | undefined
  /** Where events wait; default `memoryOutbox()`: 20,000 events, 200,000 ids. One client for each: a second one is refused, until the first is closed. */
  readonly outbox?: Outbox | undefined
  /** Bounds of the memory that keeps events while the outbox does not answer or fails. Those that do not fit are dropped as `store_failed`. */
  readonly whileAway?: WhileAwayOptions | undefined
  /**
   * Milliseconds for which the outbox knows a delivered event again by its `event_id`, where you gave one: tracked once
   * more, it is a `duplicate`. Default nine days, for an order's webhook may come again days later. 0: only while it waits.
   * The default outbox remembers the last 200,000 at most, until the process ends: see `memoryOutbox`.
   */
  readonly dedupeWindowMs?: number | undefined
  /** Default: the runtime's. */
  readonly fetch?: typeof globalThis.fetch | undefined
  /** Where time comes from; default the machine's. For tests: a clock that stands still. */
  readonly clock?: Clock | undefined
  /** 0 up to 1, for the spread of delays; default `Math.random`. */
  readonly random?: (() => number) | undefined
  /** Default: warnings and errors go to the console. */
  readonly logger?: Logger | undefined
  /** Called with everything wrong with an event. What it throws is ignored. Default: each kind is logged once. */
  readonly onIssue?:
    | ((
        issue: Issue,
        event: {
          /** Absent when the event cannot be sent. */
          readonly event_name?: string
          /** The one given, or the random one it got. */
          readonly event_id?: string
        },
      ) => void)
    | undefined
  /** Called with every loss and its reason. What it throws is ignored. */
  readonly onDropped?: ((drop: Drop) => void) | undefined
  /** Called with every batch Meta took. What it throws is ignored. */
  readonly onDelivered?:
    | ((batch: {
        /** The pixel they were for. */
        readonly pixelId: string
        /** In the order they were sent. */
        readonly event_ids: readonly string[]
        /**
         * Those of them that Meta may count twice: more than 48 hours before, a request with them got no answer, and Meta knows an id again for
         * 48 hours only. Absent: none.
         */
        readonly mayCountTwice?: readonly string[]
      }) => void)
    | undefined
}

/** Events that wait in the process's memory while the outbox is away: gone if the process is killed. */
export interface WhileAwayOptions {
  /** Most events held, those included whose put got no answer in time; default 20,000. 0: none is held. */
  readonly maxEvents?: number | undefined
  /** Most characters of event JSON held; default 32 Mi. */
  readonly maxBytes?: number | undefined
}

/** The same with its defaults, checked. */
export interface ResolvedOptions
  extends Omit<CapiOptions, keyof DeliveryOptions | keyof ExchangeOptions>,
    DeliveryOptions,
    ExchangeOptions {
  readonly pixelIds: readonly string[]
  readonly putTimeoutMs: number
  readonly maxEventBytes: number
  readonly whileAway: { readonly maxEvents: number; readonly maxBytes: number }
  readonly dedupeWindowMs: number
  readonly outbox: Outbox
}
