import type { EventName } from '../event/event-name.ts'
import { asFields } from '../field/fields.ts'
import { CapiConfigError } from '../issue/errors.ts'
import type { OptionTable } from '../option/option-table.ts'
import { readOptions } from '../option/read-options.ts'
import { attempt } from '../runtime/attempt.ts'
import { type Clock, systemClock } from '../runtime/clock.ts'
import { guardedClock } from '../runtime/guarded-clock.ts'
import { consoleLogger, type Logger } from '../runtime/logger.ts'
import { type FileRequest, isPageScript, type PageScript, scriptFile } from './page-script.ts'
import {
  RATE_LIMIT_OPTIONS,
  type RateLimit,
  type RateLimiter,
  rateLimiter,
} from './rate-limiter.ts'
import { REFUSALS, type Refusal, WITHOUT_ADDRESS } from './refusal.ts'
import { demandSecret } from './sign-event.ts'

/** Whose pages may send which events. Closed by default: what is not listed is not taken. */
export interface CollectorOptions {
  /**
   * Whose pages may send events, exactly as browsers name them: `https://shop.example`. `'null'` allows sandboxed frames and
   * workers, which have no origin, and what sends no Origin at all: that is anybody, so keep `events` short.
   */
  readonly allowedOrigins: readonly string[]
  /** The events that pages may send. `Purchase` needs `signingSecret`. */
  readonly events: readonly EventName[]
  /** The secret of `signEvent`. A page can report a Purchase only as a signed event; 16 characters or more. */
  readonly signingSecret?: string | undefined
  /** Maximum length of a body; default 16 KiB. */
  readonly maxBytes?: number | undefined
  /** How many events an address may send; default 30 at once, and 60 in each minute. */
  readonly rateLimit?: RateLimit | undefined
  /**
   * `script` of `@capi/browser/script`, for pages without a bundler: served beside the collector, `/events/c.js` where that is at
   * `/events`. Default: none is served.
   */
  readonly script?: PageScript | undefined
  /** Called with the reason when an event was not taken, since the page never learns it. What it throws is ignored. */
  readonly onRefused?: ((reason: Refusal, request: Request) => void) | undefined
  /** Time for limits, deadlines and signed events; default the machine's. */
  readonly clock?: Clock | undefined
  /** Where each reason is logged once; default: the console. */
  readonly logger?: Logger | undefined
}

const COLLECTOR_OPTIONS = {
  allowedOrigins: 'text',
  events: 'text',
  signingSecret: 'text',
  maxBytes: 'any',
  rateLimit: RATE_LIMIT_OPTIONS,
  script: 'any',
  onRefused: 'any',
  clock: 'any',
  logger: 'any',
} as const satisfies OptionTable<CollectorOptions>

/** On the options themselves, so that a copy with a `clientIp` keeps it. */
const READY = Symbol.for('@capi/core.collector')

/** What `collectorOptions` returned, for `collect`. Holds the counts of the rate limit: make it once, not for each request. */
export interface ReadyCollectorOptions {
  /** Marks them as checked. */
  readonly [READY]: object
  /** The address of the visitor, as your framework judges it. Default: the one that the tracker knows. */
  readonly clientIp?: string | undefined
  /** In place of the option of that name. */
  readonly onRefused?: CollectorOptions['onRefused']
}

/** Checked options, and what is counted. */
export interface ReadyCollector {
  readonly allowedOrigins: readonly string[]
  readonly events: ReadonlySet<string>
  readonly signingSecret: string | undefined
  readonly maxBytes: number
  readonly mayPass: RateLimiter
  readonly script: PageScript | undefined
  readonly clock: Clock
  /** Logs the reason once. */
  warn(refusal: Refusal, isAddressKnown: boolean): void
}

/**
 * Who takes the options, for errors and log lines.
 * @internal
 */
export interface CollectorCaller {
  /** The function that takes them, as its caller writes it. */
  readonly name: string
  /** Stands in front of each line. */
  readonly packageName: string
}

const CORE: CollectorCaller = { name: 'collectorOptions', packageName: '@capi/core' }

/**
 * Checks the options of a collector once, when your application starts, and counts its callers from then on.
 * @example
 * const EVENTS = collectorOptions({
 *   allowedOrigins: ['https://shop.example'],
 *   events: ['ViewContent', 'AddToCart'],
 * })
 * @param caller for adapters.
 * @throws CapiConfigError (`config_invalid`) for options that would let anybody in, or could never match.
 */
export function collectorOptions(
  given: CollectorOptions,
  caller: CollectorCaller = CORE,
): ReadyCollectorOptions {
  const warn = (line: string) =>
    attempt(() => (attempt(() => given.logger) ?? consoleLogger).warn(line))
  const write = (line: string) => warn(`${caller.packageName}: ${line}`)
  const reader = { name: caller.name, table: COLLECTOR_OPTIONS, warn: write }
  const options = readOptions(given, reader)
  checkOptions(options)
  const { allowedOrigins, events, signingSecret, maxBytes = 16_384, rateLimit = {} } = options
  const warned = new Set<string>()
  const ready: ReadyCollector = {
    allowedOrigins,
    events: new Set(events),
    signingSecret,
    maxBytes,
    mayPass: rateLimiter(rateLimit),
    script: options.script,
    clock: guardedClock(options.clock ?? systemClock, { ...consoleLogger, warn }),
    warn(refusal, isAddressKnown) {
      const isShared = refusal === 'rate_limited' && !isAddressKnown
      const text = isShared ? WITHOUT_ADDRESS : REFUSALS[refusal]
      if (warned.has(text)) return
      warned.add(text)
      write(`${refusal}. ${text} Logged once.`)
    },
  }
  return { [READY]: ready, onRefused: options.onRefused }
}

/**
 * Whether a request asks for the `script`, for adapters that leave other requests to the application.
 * @internal
 */
export function asksForScript(request: FileRequest, options: ReadyCollectorOptions): boolean {
  return scriptFile(request, readyOf(options).script) !== undefined
}

/** @throws CapiConfigError where `collectorOptions` did not make them. */
export function readyOf(options: ReadyCollectorOptions): ReadyCollector {
  const ready = (options as Partial<ReadyCollectorOptions> | undefined)?.[READY]
  demand(
    ready !== undefined,
    'collect takes what collectorOptions({ … }) returned. Call that once, when your application starts: it checks the options and counts callers.',
  )
  return ready as ReadyCollector
}

/** @throws CapiConfigError for what would let anybody in, or could never match. */
function checkOptions({
  allowedOrigins,
  events,
  signingSecret,
  maxBytes,
  rateLimit,
  script,
  onRefused,
}: CollectorOptions): void {
  demand(
    Array.isArray(allowedOrigins) && allowedOrigins.every(isOrigin),
    "Option allowedOrigins must list origins as browsers send them, as 'https://shop.example': no path, no wildcard.",
  )
  demand(
    Array.isArray(events) && events.every((name) => typeof name === 'string' && name !== ''),
    "Option events must list the events that pages may send, as ['ViewContent', 'AddToCart'].",
  )
  demand(
    !events.includes('Purchase') || signingSecret !== undefined,
    'Option signingSecret is needed for Purchase: without signed events anybody can report purchases.',
  )
  if (signingSecret !== undefined) demandSecret('signingSecret', signingSecret)
  demand(
    rateLimit === undefined || asFields(rateLimit) !== undefined,
    "Option rateLimit must be an object, as '{ burst: 30, perMinute: 60 }'.",
  )
  const numbers = { maxBytes, ...rateLimit }
  for (const name of ['maxBytes', 'burst', 'perMinute', 'maxAddresses'] as const) {
    const least = name === 'burst' || name === 'perMinute' ? 0 : 1
    const number = numbers[name]
    demand(
      number === undefined || (typeof number === 'number' && number >= least),
      `Option ${name} must be a number of ${least} or more.`,
    )
  }
  demand(
    script === undefined || isPageScript(script),
    "Option script must be the one of '@capi/browser/script'.",
  )
  demand(
    onRefused === undefined || typeof onRefused === 'function',
    'Option onRefused must be a function.',
  )
}

function isOrigin(text: unknown): boolean {
  if (text === 'null') return true
  return typeof text === 'string' && URL.canParse(text) && new URL(text).origin === text
}

function demand(holds: boolean, message: string): void {
  if (!holds) throw new CapiConfigError('config_invalid', message)
}
