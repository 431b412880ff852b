import { ask } from '../read/guarded.ts'
import { firstOf, record, text } from '../read/read.ts'
import { digitsOf } from '../read/shopify-id.ts'
import type { LineItem, ShopifyOrder } from '../read/shopify-payloads.ts'
import type { ContentIdByMarket, ContentIdWord, MappingRules } from './mapping-options.ts'

type ContentIdRule = NonNullable<MappingRules['contentId']>

/** Ids of Shopify's Google-style feeds: `shopify_US_<product>_<variant>`. */
function feedId(prefix: string, line: LineItem): string | undefined {
  const [product, variant] = [digitsOf(line.product_id), digitsOf(line.variant_id)]
  return product && variant && `${prefix}_${product}_${variant}`
}

const READERS = {
  variant: (line: LineItem) => digitsOf(line.variant_id),
  product: (line: LineItem) => digitsOf(line.product_id),
  sku: (line: LineItem) => text(line.sku),
} as const

/** The catalogue's id of a line; undefined for what is in no catalogue: custom items, deleted products. */
export function contentIdOf(
  line: LineItem,
  order: ShopifyOrder,
  rule: ContentIdRule = 'variant',
): string | undefined {
  if (typeof rule === 'function') return text(ask(() => rule(line, order)))
  const word = typeof rule === 'string' ? rule : wordOfMarket(rule, order)
  return isReader(word) ? READERS[word](line) : feedId(word, line)
}

/** Of the country it is delivered to, else billed to; a market that is not named has the rule of the others. */
function wordOfMarket(rules: ContentIdByMarket, order: ShopifyOrder): ContentIdWord {
  const country = firstOf([order.shipping_address, order.billing_address], (address) =>
    text(record(address).country_code),
  )?.toUpperCase()
  const isNamed = country !== undefined && Object.hasOwn(rules, country)
  return (isNamed ? rules[country] : undefined) ?? rules.others
}

function isReader(rule: string): rule is keyof typeof READERS {
  return Object.hasOwn(READERS, rule)
}

/** A Shopify variant is Meta's product, a Shopify product its group. Source: Meta, Catalog Variants, read 2026-09. */
export function contentTypeOf(rule: ContentIdRule | undefined): 'product' | 'product_group' {
  const word = typeof rule === 'object' ? rule.others : rule
  return word === 'product' ? 'product_group' : 'product'
}
