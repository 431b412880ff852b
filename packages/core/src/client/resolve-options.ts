import { countries } from '../normalize/country-table.ts'
import { demand, optionText } from '../option/demand.ts'
import { toMetaAddress } from '../option/meta-address.ts'
import { toPixelIds } from '../option/pixel-ids.ts'
import { readOptions } from '../option/read-options.ts'
import { REQUEST_OPTION_NAMES } from '../option/request-option-names.ts'
import { attempt } from '../runtime/attempt.ts'
import { systemClock } from '../runtime/clock.ts'
import { guardedClock } from '../runtime/guarded-clock.ts'
import { consoleLogger, guardedLogger } from '../runtime/logger.ts'
import { trueTime } from '../runtime/true-time.ts'
import { isOutbox } from '../store/is-outbox.ts'
import { memoryOutbox } from '../store/memory-outbox.ts'
import { META_MAX_EVENTS } from '../transport/events-request.ts'
import type { AccessToken } from '../transport/exchange-options.ts'
import { graphAddress } from '../transport/graph-address.ts'
import { CLIENT_OPTIONS } from './client-options.ts'
import type { CapiOptions, ResolvedOptions } from './options.ts'

/**
 * Fills defaults, trims texts and refuses what cannot work. Unknown names are logged.
 * @throws CapiConfigError naming the option.
 */
export function resolveOptions(given: CapiOptions): ResolvedOptions {
  const logger = guardedLogger(given?.logger ?? consoleLogger)
  const options = readOptions(given, {
    name: 'createCapi',
    table: CLIENT_OPTIONS,
    foreign: REQUEST_OPTION_NAMES,
    warn: (line) => logger.warn(`@capi/core: ${line}`),
  })
  const pixelIds = toPixelIds(options.pixelId ?? [], 'Option pixelId (META_PIXEL_ID)')
  const { apiVersion, baseUrl } = graphAddress(options)
  if (options.gateway)
    demand(options.gateway.accessKey !== undefined, 'gateway.accessKey', 'must be text')
  const gateway = options.gateway && {
    ...options.gateway,
    url: toMetaAddress(options.gateway.url, {
      option: 'gateway.url',
      secret: 'its access key',
      variable: '',
    }),
  }
  const clock = options.clock === undefined ? systemClock : guardedClock(options.clock, logger)
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
  const { putTimeoutMs = 1_000, maxEventBytes = 256 * 1024 } = options
  demand(
    typeof maxEventBytes === 'number' && maxEventBytes >= 1,
    'maxEventBytes',
    'must be above 0',
  )
  for (const [name, ms] of Object.entries({ timeoutMs, putTimeoutMs }))
    demand(ms > 0 && Number.isFinite(ms), name, 'must be a number of milliseconds above 0')
  const { maxEvents: maxHeld = 20_000, maxBytes: maxHeldBytes = 2 ** 25 } = options.whileAway ?? {}
  const whileAway = { maxEvents: maxHeld, maxBytes: maxHeldBytes }
  for (const [name, most] of Object.entries(whileAway))
    demand(typeof most === 'number' && most >= 0, `whileAway.${name}`, 'must be 0 or more')
  demand(
    dedupeWindowMs >= 0 && Number.isFinite(dedupeWindowMs),
    'dedupeWindowMs',
    'must be 0 or more',
  )
  const { maxEvents = 100, maxBytes = 512 * 1024, maxWaitMs = 200 } = options.batch ?? {}
  const { concurrency = 4 } = options.batch ?? {}
  const { baseDelayMs = 1_000, maxDelayMs = Math.max(30_000, baseDelayMs) } = options.retry ?? {}
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
  const { maxConnections = 64 } = options
  demand(
    Number.isInteger(maxConnections) && maxConnections >= 1,
    'maxConnections',
    'must be a whole number, 1 or more',
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
    uploadTag: optionText('uploadTag', options.uploadTag),
    testEventCode: optionText('testEventCode', options.testEventCode),
    pixelIds,
    apiVersion,
    baseUrl,
    timeoutMs,
    putTimeoutMs,
    maxEventBytes,
    whileAway,
    dedupeWindowMs,
    gateway,
    batch: { maxEvents, maxBytes, maxWaitMs, concurrency },
    maxConnections,
    retry: { baseDelayMs, maxDelayMs },
    random: guardedRandom(options.random),
    outbox: options.outbox ?? memoryOutbox(),
    fetch: options.fetch ?? ((input, init) => globalThis.fetch(input, init)),
    clock,
    time: trueTime(clock),
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

/** A source of chance that fails must not stop delivery. */
function guardedRandom(random: () => number = Math.random): () => number {
  return () => {
    const drawn: unknown = attempt(random)
    return typeof drawn === 'number' && drawn >= 0 && drawn <= 1 ? drawn : 0.5
  }
}
