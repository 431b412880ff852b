import { firstOf, text } from '../read/read.ts'
import type { ShopifyCheckout } from '../read/shopify-payloads.ts'
import type { MappingOptions } from './mapping-options.ts'

/** Shopify's own hosts, on which order pages of customer accounts stand: they are not the shop's address. */
const NOT_THE_SHOP = /(^|\.)(shopify\.com|shop\.app|shop\.com)$/
const SHOP_DOMAIN = /^[a-z0-9][a-z0-9.-]*\.[a-z]{2,}$/i

/**
 * The shop's address, for `event_source_url`. An order does not name the page it was placed on. Of addresses that do
 * point to a page only the origin is taken: `order_status_url` and `abandoned_checkout_url` carry keys.
 */
export function pageOf(sale: ShopifyCheckout, options: MappingOptions): string | undefined {
  const shop = text(options.shop)
  return firstOf(
    [
      options.identity?.event_source_url,
      sale.order_status_url,
      sale.abandoned_checkout_url,
      sale.landing_site,
      shop !== undefined && SHOP_DOMAIN.test(shop) ? `https://${shop}` : undefined,
    ],
    shopOrigin,
  )
}

function shopOrigin(address: unknown): string | undefined {
  const url = webAddress(address)
  return url === undefined || NOT_THE_SHOP.test(url.hostname) ? undefined : `${url.origin}/`
}

/** Undefined for what is no `http:` or `https:` address, such as `android-app://`. */
export function webAddress(address: unknown): URL | undefined {
  const url = URL.parse(text(address) ?? '')
  return url?.protocol === 'https:' || url?.protocol === 'http:' ? url : undefined
}
