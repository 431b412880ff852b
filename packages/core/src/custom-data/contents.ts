import { amount } from './amount.ts'
import { type Check, count, drop, id, isFields, listOf, oneOf } from './checks.ts'
import { ownProperty } from './own-property.ts'
import { isPersonalKey } from './personal-data.ts'
import { sift } from './sift.ts'

export const DELIVERY_CATEGORIES = ['in_store', 'curbside', 'home_delivery'] as const

/** Source: Meta, Standard Parameters, read 2026-09. Other keys of a product pass. */
const CONTENT_FIELDS = new Map<string, Check>([
  ['id', id],
  ['quantity', count],
  ['item_price', amount],
  ['price', amount],
  ['delivery_category', oneOf(DELIVERY_CATEGORIES)],
])

/** A list of products; anything else in its place fails the whole batch (100/2804008). */
export const contents: Check = listOf((value, list, index, issues, currency) => {
  if (!isFields(value)) return drop('wrong_type', list, index, issues)
  const path = `${list}[${index}]`
  const product = sift(value, (item, key) => {
    if (key === '__proto__') return undefined
    if (isPersonalKey(key)) return drop('personal_data', path, key, issues)
    return (CONTENT_FIELDS.get(key) ?? ownProperty)(item, path, key, issues, currency)
  })
  const hasId = product?.['id'] !== undefined && product['id'] !== null
  return hasId ? product : drop('content_id_missing', path, 'id', issues)
})
