import type { RetryOptions } from '../delivery/backoff.ts'
import type { BatchOptions } from '../delivery/delivery-options.ts'
import type { OptionTable } from '../option/option-table.ts'
import type { GatewayOptions } from '../transport/exchange-options.ts'
import type { CapiOptions, WhileAwayOptions } from './options.ts'
import { optionsFromEnv } from './options-from-env.ts'

const GATEWAY = {
  url: 'string',
  accessKey: 'string',
} as const satisfies OptionTable<GatewayOptions>
const BATCH = {
  maxEvents: 'number',
  maxBytes: 'number',
  maxWaitMs: 'number',
  concurrency: 'number',
} as const satisfies OptionTable<BatchOptions>
const RETRY = {
  baseDelayMs: 'number',
  maxDelayMs: 'number',
} as const satisfies OptionTable<RetryOptions>
const WHILE_AWAY = {
  maxEvents: 'number',
  maxBytes: 'number',
} as const satisfies OptionTable<WhileAwayOptions>

/**
 * The options of `createCapi`.
 * @internal
 */
export const CLIENT_OPTIONS = {
  enabled: 'boolean',
  pixelId: 'text',
  accessToken: 'text',
  appSecret: 'string',
  /** Options of its own. */
  gateway: GATEWAY,
  testEventCode: 'string',
  apiVersion: 'string',
  baseUrl: 'string',
  partnerAgent: 'string',
  uploadTag: 'string',
  phoneCountry: 'string',
  parsePhone: 'function',
  timeoutMs: 'number',
  putTimeoutMs: 'number',
  maxEventBytes: 'number',
  /** Options of its own. */
  batch: BATCH,
  maxConnections: 'number',
  /** Options of its own. */
  retry: RETRY,
  outbox: 'any',
  /** Options of its own. */
  whileAway: WHILE_AWAY,
  dedupeWindowMs: 'number',
  fetch: 'function',
  clock: 'clock',
  random: 'function',
  logger: 'logger',
  onIssue: 'function',
  onDropped: 'function',
  onDelivered: 'function',
} as const satisfies OptionTable<CapiOptions>

/** No option of a client that is made: that one has its own. The adapter's own lines go to `logger`. */
export type NoClientOptions = {
  readonly [Name in Exclude<keyof CapiOptions, 'logger'>]?: undefined
}

/** What a client that was made elsewhere leaves without effect, as a line for the log; undefined where nothing is. */
export function ignoredLine(taker: string, options: object): string | undefined {
  const given = Object.entries(options).filter(([, value]) => value !== undefined)
  const names = given.map(([name]) => name).filter((name) => isIgnored(name))
  if (names.length === 0) return undefined
  const what = names.length > 1 ? `options ${names.join(', ')}` : `option ${names[0]}`
  return `${taker} ignores the ${what}: the client it was given has options of its own. Pass them to the createCapi that made it (option_ignored)`
}

function isIgnored(name: string): boolean {
  return name !== 'logger' && Object.hasOwn(CLIENT_OPTIONS, name)
}

/**
 * What of an adapter's options is for `createCapi`; the environment fills in what is absent.
 * @internal
 */
export function clientOptions(options: CapiOptions, environment: object): CapiOptions {
  const all: Readonly<Record<string, unknown>> = { ...options }
  const found: Readonly<Record<string, unknown>> = { ...optionsFromEnv(environment) }
  return Object.fromEntries(
    Object.keys(CLIENT_OPTIONS).map((name) => [name, all[name] ?? found[name]]),
  )
}
