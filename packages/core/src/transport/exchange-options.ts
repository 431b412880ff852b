import type { Clock } from '../runtime/clock.ts'
import type { Logger } from '../runtime/logger.ts'
import type { TrueTime } from '../runtime/true-time.ts'

/**
 * The token itself, or a function that gives one for a pixel, asked before each request. It only ever travels
 * in the `Authorization` header. Where the function gives none, or fails, that pixel's events wait for it.
 */
export type AccessToken =
  | string
  | ((pixelId: string) => string | undefined | Promise<string | undefined>)

/** A Gateway is Meta's relay in one's own cloud. Source: Meta's Java SDK, read 2026-09. */
export interface GatewayOptions {
  /** Its address, https as `baseUrl`; `/capi/{pixel}/events` is added. */
  readonly url: string
  /** The Gateway's own key, from its settings; it goes into each request's body and nowhere else. */
  readonly accessKey: string
}

/** Where a pixel's events go. */
export interface Endpoint {
  readonly gateway?: GatewayOptions | undefined
  readonly baseUrl: string
  readonly apiVersion: string
}

/** What stands in each request beside its events. */
export interface Envelope {
  readonly gateway?: GatewayOptions | undefined
  readonly appSecret?: string | undefined
  readonly testEventCode?: string | undefined
  readonly partnerAgent?: string | undefined
  readonly uploadTag?: string | undefined
}

export interface ExchangeOptions extends Endpoint, Envelope {
  readonly fetch: typeof globalThis.fetch
  readonly timeoutMs: number
  readonly clock: Clock
  readonly time: TrueTime
  readonly logger: Logger
}
