import type { ResolvedRetry, RetryOptions } from '../delivery/backoff.ts'
import type { Drop } from '../issue/drop-reason.ts'
import { CapiConfigError } from '../issue/errors.ts'
import type { Issue } from '../issue/issue.ts'
import { countries } from '../normalize/country-table.ts'
import type { ParsePhone } from '../normalize/rule-context.ts'
import { toMetaAddress } from '../option/meta-address.ts'
import { toPixelIds } from '../option/pixel-ids.ts'
import { readOptions } from '../option/read-options.ts'
import { REQUEST_OPTIONS } from '../option/request-options.ts'
import { attempt } from '../runtime/attempt.ts'
import { type Clock, systemClock } from '../runtime/clock.ts'
import { guardedClock } from '../runtime/guarded-clock.ts'
import { consoleLogger, guardedLogger, type Logger } from '../runtime/logger.ts'
import { isOutbox } from '../store/is-outbox.ts'
import { memoryOutbox } from '../store/memory-outbox.ts'
import type { Outbox } from '../store/outbox-port.ts'
import { DEFAULT_API_VERSION } from '../transport/graph-versions.ts'
import { CLIENT_OPTIONS } from './client-options.ts'

const DEFAULT_BASE_URL = 'https://graph.facebook.com'

/**
 * The token itself, or a function that gives one for a pixel, asked before each request. It only ever travels
 * in the `Authorization` header. Where the function gives none, or fails, that pixel's events wait for it.
 */
export type AccessToken =
  | string
  | ((pixelId: string) => string | undefined | Promise<string | undefined>)

/**
 * What a client is made of; all of it may be left out. Durations are milliseconds. @throws CapiConfigError at
 * once, naming the option, when one cannot work.
 */
export interface CapiOptions {
  /**
   * False switches the client off, for development and tests: every event is dropped as `disabled`, of which nothing is logged,
   * `send` rejects, and no id or token is missed. Default true.
   */
  readonly enabled?: boolean | undefined
  /** The dataset (pixel) id, digits; several send every event to each. Without one, scopes or events name it, and those that name none are dropped as `disabled`. */
  readonly pixelId?: string | readonly string[] | undefined
  /** A token from Events Manager or of a system user, or a function that gives it for each request. Without one the client does nothing and says so once. */
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
  /** Milliseconds for a whole request, body included; default 10,000. */
  readonly timeoutMs?: number | undefined
  /** How many events travel together, and how long they wait for each other. */
  readonly batch?: BatchOptions | undefined
  /** How long a failed request waits for its repeat. There is no limit to repeats but the event's age. */
  readonly retry?: RetryOptions | undefined
  /** Where events wait; default `memoryOutbox()`. One client for each: a second one is refused, until the first is closed. */
  readonly outbox?: Outbox | undefined
  /**
   * Milliseconds for which the outbox knows a delivered event again by its `event_id`, where you gave one: tracked once
   * more, it is a `duplicate`. Default nine days, for an order's webhook may come again days later. 0: only while it waits.
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
  /** Told of everything wrong with an event. What it throws is ignored. Default: each kind is logged once. */
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
  /** Told of every loss, with its reason. What it throws is ignored. */
  readonly onDropped?: ((drop: Drop) => void) | undefined
  /** Told of every batch Meta took. What it throws is ignored. */
  readonly onDelivered?:
    | ((batch: {
        /** The pixel they were for. */
        readonly pixelId: string
        /** In the order they were sent. */
        readonly event_ids: readonly string[]
      }) => void)
    | undefined
}

/** A Gateway is Meta's relay in one's own cloud. Source: Meta's Java SDK, read 2026-09. */
export interface GatewayOptions {
  /** Its address, https as `baseUrl`; `/capi/{pixel}/events` is added. */
  readonly url: string
  /** The Gateway's own key, from its settings; it goes into each request's body and nowhere else. */
  readonly accessKey: string
}

/** Bounds of one request. An event never waits for a batch longer than `maxWaitMs`. */
export interface BatchOptions {
  /** Most events in one request; default 100. Meta refuses more than 1,000. */
  readonly maxEvents?: number | undefined
  /** Most characters of event JSON in one request; default 512 Ki. */
  readonly maxBytes?: number | undefined
  /** How long an event may wait for company; default 200 ms. */
  readonly maxWaitMs?: number | undefined
  /** Most requests of one pixel on their way together, while Meta takes them; default 4. */
  readonly concurrency?: number | undefined
}

export interface ResolvedOptions extends CapiOptions {
  readonly pixelIds: readonly string[]
  readonly apiVersion: string
  readonly baseUrl: string
  readonly timeoutMs: number
  readonly dedupeWindowMs: number
  readonly batch: {
    readonly maxEvents: number
    readonly maxBytes: number
    readonly maxWaitMs: number
    readonly concurrency: number
  }
  readonly retry: ResolvedRetry
  readonly random: () => number
  readonly outbox: Outbox
  readonly fetch: typeof globalThis.fetch
  readonly clock: Clock
  readonly logger: Logger
}

/** Meta refuses more events in one call. Source: Meta, Using the API, read 2026-09. */
export const META_MAX_EVENTS = 1_000

/**
 * Fills defaults, trims texts and refuses what cannot work. Unknown names are logged.
 * @throws CapiConfigError naming the option.
 */
export function resolveOptions(given: CapiOptions): ResolvedOptions {
  const logger = guardedLogger(given?.logger ?? consoleLogger)
  const options = readOptions(given, {
    name: 'createCapi',
    table: CLIENT_OPTIONS,
    foreign: REQUEST_OPTIONS,
    warn: (line) => logger.warn(`@capi/core: ${line}`),
  })
  const pixelIds = toPixelIds(options.pixelId ?? [], 'Option pixelId (META_PIXEL_ID)')
  const apiVersion = options.apiVersion ?? DEFAULT_API_VERSION
  demand(
    /^v\d{1,3}\.\d$/.test(apiVersion),
    'apiVersion',
    `must look like '${DEFAULT_API_VERSION}' (META_GRAPH_API_VERSION)`,
  )
  const baseUrl = toMetaAddress(options.baseUrl ?? DEFAULT_BASE_URL, {
    option: 'baseUrl',
    secret: 'the access token',
    variable: 'CAPI_BASE_URL',
  })
  const gateway = options.gateway && {
    ...options.gateway,
    url: toMetaAddress(options.gateway.url, {
      option: 'gateway.url',
      secret: 'its access key',
      variable: '',
    }),
  }
  const timeoutMs = options.timeoutMs ?? 10_000
  const { phoneCountry, dedupeWindowMs = 9 * 86_400_000 } = options
  const isCountry =
    phoneCountry === undefined || countries().has(String(phoneCountry).toLowerCase())
  const { partnerAgent = 'none' } = options
  demand(
    /^(?=(?:[^a-z]*[a-z]){2}).{2,22}$/i.test(partnerAgent),
    'partnerAgent',
    'must have under 23 characters and two letters',
  )
  const { enabled = true } = options
  demand(typeof enabled === 'boolean', 'enabled', 'must be true or false')
  demand(isCountry, 'phoneCountry', "must be an ISO 3166-1 alpha-2 code such as 'DE'")
  demand(
    timeoutMs > 0 && Number.isFinite(timeoutMs),
    'timeoutMs',
    'must be a number of milliseconds above 0',
  )
  demand(
    dedupeWindowMs >= 0 && Number.isFinite(dedupeWindowMs),
    'dedupeWindowMs',
    'must be 0 or more',
  )
  const { maxEvents = 100, maxBytes = 512 * 1024, maxWaitMs = 200 } = options.batch ?? {}
  const { concurrency = 4 } = options.batch ?? {}
  const { baseDelayMs = 1_000, maxDelayMs = 300_000 } = options.retry ?? {}
  demand(
    Number.isInteger(maxEvents) && maxEvents >= 1 && maxEvents <= META_MAX_EVENTS,
    'batch.maxEvents',
    `must lie between 1 and ${META_MAX_EVENTS}`,
  )
  demand(maxBytes >= 1, 'batch.maxBytes', 'must be above 0')
  demand(maxWaitMs >= 0, 'batch.maxWaitMs', 'must be 0 or more')
  demand(
    Number.isInteger(concurrency) && concurrency >= 1,
    'batch.concurrency',
    'must be 1 or more',
  )
  demand(
    options.outbox === undefined || isOutbox(options.outbox),
    'outbox',
    'must be an outbox: memoryOutbox(), sqliteOutbox({ path }), or your own with every method of the type Outbox',
  )
  demand(baseDelayMs > 0, 'retry.baseDelayMs', 'must be above 0')
  demand(maxDelayMs >= baseDelayMs, 'retry.maxDelayMs', 'must not be below retry.baseDelayMs')
  return {
    ...options,
    accessToken: toToken(options.accessToken),
    uploadTag: toText('uploadTag', options.uploadTag),
    testEventCode: toText('testEventCode', options.testEventCode),
    pixelIds,
    apiVersion,
    baseUrl,
    timeoutMs,
    dedupeWindowMs,
    gateway,
    batch: { maxEvents, maxBytes, maxWaitMs, concurrency },
    retry: { baseDelayMs, maxDelayMs },
    random: guardedRandom(options.random),
    outbox: options.outbox ?? memoryOutbox(),
    fetch: options.fetch ?? ((input, init) => globalThis.fetch(input, init)),
    clock: options.clock === undefined ? systemClock : guardedClock(options.clock, logger),
    logger,
  }
}

/** What a header cannot carry is no token of Meta's. */
function toToken(given: AccessToken | undefined): AccessToken | undefined {
  if (given === undefined || given === null || typeof given === 'function')
    return given ?? undefined
  demand(
    typeof given === 'string',
    'accessToken',
    'must be text, or a function that gives it (META_CAPI_ACCESS_TOKEN)',
  )
  demand(
    /^[\x21-\x7e]*$/.test(given),
    'accessToken',
    "must be the token alone: no 'Bearer ', no spaces or line breaks in it (META_CAPI_ACCESS_TOKEN)",
  )
  return given
}

/** A field of the request beside its events. Blank is unset. @throws CapiConfigError for what is no text. */
export function toText(option: string, given: unknown): string | undefined {
  const isText = given === undefined || given === null || typeof given === 'string'
  demand(isText, option, 'must be text')
  return typeof given === 'string' ? given.trim() || undefined : undefined
}

/** A source of chance that fails must not stop delivery. */
function guardedRandom(random: () => number = Math.random): () => number {
  return () => {
    const drawn: unknown = attempt(random)
    return typeof drawn === 'number' && drawn >= 0 && drawn <= 1 ? drawn : 0.5
  }
}

function demand(holds: boolean, option: string, rule: string): void {
  if (!holds) throw new CapiConfigError('config_invalid', `Option ${option} ${rule}.`)
}
