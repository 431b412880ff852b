import { amount, type Check, count, drop, id, listOf, oneOf } from './checks.ts'
import { ownProperty } from './own-property.ts'

/** Source: Meta, Standard Parameters, read 2026-09. Other keys of a product pass. */
const CONTENT_FIELDS = new Map<string, Check>([
  ['id', id],
  ['quantity', count],
  ['item_price', amount],
  ['price', amount],
  ['delivery_category', oneOf(['in_store', 'curbside', 'home_delivery'])],
])

/** A list of products; anything else in its place fails the whole batch (100/2804008). */
export const contents: Check = listOf((value, list, index, issues) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return drop('wrong_type', list, index, issues)
  }
  const input = value as Readonly<Record<string, unknown>>
  const path = `${list}[${index}]`
  const product: Record<string, unknown> = {}
  for (const key of Object.keys(input)) {
    const item = input[key]
    if (item === undefined || item === null || key === '__proto__') continue
    const sent = (CONTENT_FIELDS.get(key) ?? ownProperty)(item, path, key, issues)
    if (sent !== undefined) product[key] = sent
  }
  return product['id'] === undefined ? drop('content_id_missing', path, 'id', issues) : product
})
