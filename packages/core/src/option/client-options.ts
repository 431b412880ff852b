import type { RetryOptions } from '../delivery/backoff.ts'
import type { BatchOptions, CapiOptions, GatewayOptions } from '../options.ts'
import { optionsFromEnv } from '../options-from-env.ts'
import type { OptionTable } from './option-table.ts'

const GATEWAY = { url: 'text', accessKey: 'text' } as const satisfies OptionTable<GatewayOptions>
const BATCH = {
  maxEvents: 'any',
  maxBytes: 'any',
  maxWaitMs: 'any',
  concurrency: 'any',
} as const satisfies OptionTable<BatchOptions>
const RETRY = {
  baseDelayMs: 'any',
  maxDelayMs: 'any',
} as const satisfies OptionTable<RetryOptions>

/** The options of `createCapi`. */
export const CLIENT_OPTIONS = {
  pixelId: 'text',
  accessToken: 'text',
  appSecret: 'text',
  /** Options of its own. */
  gateway: GATEWAY,
  testEventCode: 'text',
  apiVersion: 'text',
  baseUrl: 'text',
  partnerAgent: 'text',
  uploadTag: 'text',
  phoneCountry: 'text',
  parsePhone: 'any',
  timeoutMs: 'any',
  /** Options of its own. */
  batch: BATCH,
  /** Options of its own. */
  retry: RETRY,
  outbox: 'any',
  dedupeWindowMs: 'any',
  fetch: 'any',
  clock: 'any',
  random: 'any',
  logger: 'any',
  onIssue: 'any',
  onDropped: 'any',
  onDelivered: 'any',
} as const satisfies OptionTable<CapiOptions>

/** What of an adapter's options is for `createCapi`; the environment fills in what is absent. */
export function clientOptions(
  options: CapiOptions,
  environment: Readonly<Record<string, string | undefined>>,
): CapiOptions {
  const all: Readonly<Record<string, unknown>> = { ...options }
  const found: Readonly<Record<string, unknown>> = { ...optionsFromEnv(environment) }
  return Object.fromEntries(
    Object.keys(CLIENT_OPTIONS).map((name) => [name, all[name] ?? found[name]]),
  )
}
