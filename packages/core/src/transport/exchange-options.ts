import type { Clock } from '../runtime/clock.ts'
import type { Logger } from '../runtime/logger.ts'
import type { TrueTime } from '../runtime/true-time.ts'

/** What the function gives: the token, alone or with the moment it ends; undefined: there is none. */
type GivenToken =
  | string
  | {
      /** The token. */
      readonly token: string
      /** Milliseconds since 1970 until which the token is used; default a minute from now. */
      readonly expiresAtMs?: number | undefined
    }
  | undefined

/**
 * The token itself, or a function that gives one for a pixel. It only ever travels in the `Authorization` header.
 *
 * What the function gives is kept for a minute, or until the `expiresAtMs` that it gives beside the `token`, and it is asked again at once when
 * Meta refuses a kept token. Requests of one moment share one call. Where the function gives none, rejects, or does not answer within
 * `timeoutMs`, that pixel's events wait: it is asked again after 1, 2 and 4 s (`retrying`), then as after a refused token (`paused`).
 */
export type AccessToken = string | ((pixelId: string) => GivenToken | Promise<GivenToken>)

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
