import { type OptionTable, readOptions } from '@capi/core/adapter'
import type { MappingRules } from '../map/mapping-options.ts'
import { wrongRule } from '../map/rule-checks.ts'
import { demand } from '../read/demand.ts'
import { defined } from '../read/read.ts'
import { emitUnknown } from '../read/unknown-options.ts'
import { SHOPIFY_OPTIONS, type ShopifyCapiOptions } from '../webhook/options.ts'
import { refuseUnknown } from '../webhook/resolve-options.ts'

/** Where the Web Pixel sends to. */
export interface WebPixelPlaces {
  /** Where `identityEndpoint()` listens. */
  readonly endpoint: string
  /** Where `pixelCollector()` listens. Default: none; the events then have no server copy. */
  readonly collector?: string | undefined
  /** The dataset. Default: none; the browser then sends nothing to Meta. */
  readonly pixelId?: string | undefined
  /** Default: Meta's. The emulator's `/tr` in development. */
  readonly pixelUrl?: string | undefined
}

export const PIXEL_PLACES = {
  endpoint: 'text',
  collector: 'text',
  pixelId: 'text',
  pixelUrl: 'text',
} as const satisfies OptionTable<WebPixelPlaces>

/** What the pixel's settings hold; each is a field of `shopify.extension.toml`. */
export interface WebPixelSettings {
  /** Where `identityEndpoint()` listens. */
  readonly endpoint: string
  /** Where `pixelCollector()` listens. */
  readonly collector?: string | undefined
  /** The dataset. */
  readonly pixelId?: string | undefined
  /** Where Meta's pixel calls go. */
  readonly pixelUrl?: string | undefined
  /** The rules that are not the default, as JSON. */
  readonly rules: string
}

/** Rules by which the server decides what a browser cannot know: the Purchase is then the webhook's alone. */
const OF_THE_SERVER: readonly ((rules: MappingRules) => boolean)[] = [
  ({ when }) => when !== undefined,
  ({ customData }) => customData !== undefined,
  ({ consent }) => consent !== undefined,
  ({ bundles }) => bundles === 'parent',
  ({ purchaseOn }) => purchaseOn === 'orders/paid',
  ({ contentId }) => typeof contentId === 'function',
  ({ value }) => typeof value === 'function',
  ({ eventId }) => typeof eventId === 'function',
]

/**
 * The settings of `storefront/web-pixel.js`, from the options of `shopifyCapi`, or those of them that are rules: ids and values of the browser's events are then those of
 * the server's. Pass them to Shopify's mutation `webPixelCreate`, or `webPixelUpdate` after a change.
 *
 * A function stays on the server. With one for `contentId` the pixel's events have no ids, with one for `value` those of the checkout
 * no value; and the pixel leaves the Purchase to the webhook where it cannot know what the server will send.
 * @throws CapiConfigError for an option that `shopifyCapi` refuses, and for an address that is none.
 * @example
 * const rules = { contentId: 'product', value: { shipping: false } } as const
 * const webhooks = shopifyCapi({ shopify, client: capi, ...rules })
 * const settings = webPixelSettings(rules, { endpoint: 'https://app.example/capi/identity', pixelId: '1234567890' })
 */
export function webPixelSettings(
  rules: Partial<ShopifyCapiOptions>,
  places: WebPixelPlaces,
): WebPixelSettings {
  const name = 'webPixelSettings'
  const options = readOptions(rules, { name, table: SHOPIFY_OPTIONS, warn: refuseUnknown })
  const where = readOptions(places, { name, table: PIXEL_PLACES, warn: emitUnknown })
  const wrong = wrongRule(options)
  if (wrong !== undefined) demand(false, wrong.option, wrong.rule)
  const { endpoint, collector, pixelId, pixelUrl } = where
  demand(isAddress(endpoint), 'endpoint', "must be an address, as 'https://app.example/identity'")
  demand(collector === undefined || isAddress(collector), 'collector', 'must be an address')
  demand(pixelUrl === undefined || isAddress(pixelUrl), 'pixelUrl', 'must be an address')
  demand(
    pixelId === undefined || /^\d+$/.test(pixelId),
    'pixelId',
    'must be the digits of a dataset',
  )
  const optional = defined({ collector, pixelId, pixelUrl })
  return { endpoint, ...optional, rules: JSON.stringify(pixelRules(options)) }
}

/** What the pixel reads of the rules; a function becomes null. */
function pixelRules(rules: MappingRules): object {
  const { contentId, value, money, eventId, pending } = rules
  return {
    contentId: withoutFunction(contentId),
    value: withoutFunction(value),
    money,
    eventId: withoutFunction(eventId),
    pending,
    ...(OF_THE_SERVER.some((holds) => holds(rules)) && { purchase: 'server' }),
  }
}

function withoutFunction(rule: unknown): unknown {
  return typeof rule === 'function' ? null : rule
}

function isAddress(text: unknown): boolean {
  return typeof text === 'string' && /^https?:\/\//.test(text) && URL.canParse(text)
}
