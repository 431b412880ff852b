import { createFbc, parseFbc, parseFbp, type UserDataInput } from '@capi/core'
import { CART_ATTRIBUTES, cartAttribute } from '../map/cart-attributes.ts'
import { nowMs, secondsOf } from '../map/event-time.ts'
import type { MappingOptions } from '../map/mapping-options.ts'
import { pageOf, webAddress } from '../map/page.ts'
import { defined, firstOf, record, text } from '../read/read.ts'
import type { ShopifyOrder } from '../read/shopify-payloads.ts'

/** Names that other snippets give these attributes are read, too. */
const FBP_NAMES = [CART_ATTRIBUTES.fbp, '_fbp', 'fbp']
const FBC_NAMES = [CART_ATTRIBUTES.fbc, '_fbc', 'fbc']
/** Stands in old payloads for no address. */
const NO_ADDRESS = '0.0.0.0'

/**
 * What is known of the shopper's browser: cart attributes, then the identity store, then the address of the landing page. The
 * shopper can edit attributes, so only what has the form of a cookie counts.
 * @param isShoppersBrowser whether `client_details` and `landing_site` are the shopper's, and not those of staff
 */
export function browserOf(
  order: ShopifyOrder,
  isShoppersBrowser: boolean,
  options: MappingOptions,
): UserDataInput {
  const identity = options.identity ?? {}
  const details = isShoppersBrowser ? record(order.client_details) : {}
  const orderIp = isShoppersBrowser ? order.browser_ip : undefined
  return defined({
    client_ip_address: firstOf([details.browser_ip, orderIp, identity.client_ip_address], (ip) =>
      ip === NO_ADDRESS ? undefined : text(ip),
    ),
    client_user_agent: text(details.user_agent) ?? text(identity.client_user_agent),
    fbp: firstOf([cartAttribute(order, FBP_NAMES), identity.fbp], (fbp) => valid(fbp, parseFbp)),
    fbc:
      firstOf([cartAttribute(order, FBC_NAMES), identity.fbc], (fbc) => valid(fbc, parseFbc)) ??
      (isShoppersBrowser ? fbcOfLanding(order, options) : undefined),
  })
}

function valid(cookie: unknown, parse: (cookie: string) => object | undefined): string | undefined {
  const written = text(cookie)
  return written !== undefined && parse(written) !== undefined ? written : undefined
}

/** The page before the checkout, where it is one of the shop's own. */
function ownReferrer(order: ShopifyOrder, options: MappingOptions): URL | undefined {
  const referrer = webAddress(order.referring_site)
  const shop = webAddress(pageOf(order, options))
  return referrer && bare(referrer.hostname) === bare(shop?.hostname ?? '') ? referrer : undefined
}

function bare(host: string): string {
  return host.replace(/^www\./, '')
}

/**
 * The click that led to the shop. `landing_site` of an express checkout is a path of Shopify's own (`/wallets/checkouts.json`):
 * the page before it, if it is the shop's, has the click then. Its time is not in the payload: it lies before everything that is, and must not be the event's
 * own. `landing_site` is a path, in old payloads a whole address. Source: Meta, fbp and fbc Parameters, read 2026-09.
 */
function fbcOfLanding(order: ShopifyOrder, options: MappingOptions): string | undefined {
  const landing = URL.parse(text(order.landing_site) ?? '', 'https://landing.invalid')
  const times = [order.created_at, order.processed_at].map((time) => secondsOf([time]))
  const known = times.filter((seconds) => seconds !== undefined)
  const latestMs = known.length === 0 ? nowMs(options) : Math.min(...known) * 1000
  const pages = [landing, ownReferrer(order, options)]
  // `fbclid=null` is no click: the next page may have one.
  return firstOf(pages, (page) => createFbc(page?.searchParams.get('fbclid'), latestMs - 1))
}
