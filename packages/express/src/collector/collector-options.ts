import type { IncomingMessage } from 'node:http'
import type { EventName, Logger } from '@capi/core'
import type { RateLimit } from '@capi/core/adapter'
import { demand } from '../check-options.ts'
import { demandSecret } from './sign-event.ts'

/** Why an event was not taken; the page is never told. */
export type Refusal =
  | 'origin_not_allowed'
  | 'rate_limited'
  | 'content_type'
  | 'body_too_large'
  | 'body_already_read'
  | 'aborted'
  | 'malformed'
  | 'event_not_allowed'
  | 'signature_invalid'
  | 'failed'

/** Whose pages may send which events. Closed by default: what is not listed is not taken. */
export interface CollectorOptions {
  /**
   * Whose pages may send events, exactly as browsers name them: `https://shop.example`. `'null'` allows
   * sandboxed frames, Shopify's among them: that is anybody's page, so keep `events` short.
   */
  readonly allowedOrigins: readonly string[]
  /** The events that pages may send. `Purchase` needs `signingSecret`. */
  readonly events: readonly EventName[]
  /** The secret of `signEvent`. A page can report a Purchase only as a signed event; 16 characters or more. */
  readonly signingSecret?: string | undefined
  /** Of a body; default 16 KiB. */
  readonly maxBytes?: number | undefined
  /** By address. */
  readonly rateLimit?: RateLimit | undefined
  /** Told why an event was not taken, since the page is not; each reason is logged once beside. What it throws is ignored. */
  readonly onRefused?: ((reason: Refusal, req: IncomingMessage) => void) | undefined
  /** Milliseconds; default `Date.now`. */
  readonly now?: (() => number) | undefined
  /** Default: warnings go to the console. */
  readonly logger?: Logger | undefined
}

/** @throws CapiConfigError for what would stand open, or could never match. */
export function checkOptions({ allowedOrigins, events, signingSecret }: CollectorOptions): void {
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
}

function isOrigin(text: unknown): boolean {
  if (text === 'null') return true
  return typeof text === 'string' && URL.canParse(text) && new URL(text).origin === text
}
