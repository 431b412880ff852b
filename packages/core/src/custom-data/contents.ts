import {
  type Check,
  count,
  drop,
  isFields,
  listOf,
  oneOf,
  type Parent,
  pathOf,
  text,
} from '../field/checks.ts'
import type { Fields } from '../field/fields.ts'
import { isPersonalKey } from '../field/personal-data.ts'
import { sift } from '../field/sift.ts'
import type { Issue } from '../issue/issue.ts'
import { amount } from './amount.ts'
import { ownProperty } from './own-property.ts'

export const DELIVERY_CATEGORIES = ['in_store', 'curbside', 'home_delivery'] as const

/** Whole, or a part: products go by weight, length and time. */
const quantity: Check = (value, parent, key, issues) => {
  const tries: Issue[] = []
  const number = count(value, parent, key, tries) ?? amount(value, parent, key, tries)
  return typeof number === 'number' && number >= 0
    ? number
    : drop('wrong_type', parent, key, issues)
}

/** Source: Meta, Standard Parameters, read 2026-09. Other keys of a product pass. */
const CONTENT_FIELDS = new Map<string, Check>([
  ['id', text],
  ['quantity', quantity],
  ['item_price', amount],
  ['price', amount],
  ['delivery_category', oneOf(DELIVERY_CATEGORIES)],
])

/** A list of products; anything else in its place fails the whole batch (100/2804008). */
export const contents: Check = listOf((value, list, index, issues, currency) => {
  if (!isFields(value)) return drop('wrong_type', list, index, issues)
  const path = () => pathOf(list, index)
  const product = sift(value, (item, key) => {
    const check = CONTENT_FIELDS.get(key)
    if (check !== undefined) return check(item, path, key, issues, currency)
    if (key === '__proto__') return undefined
    if (isPersonalKey(key)) return drop('personal_data', path, key, issues)
    return ownProperty(item, path, key, issues)
  })
  if (product?.['id'] === undefined || product['id'] === null)
    return drop('content_id_missing', path, 'id', issues)
  const { quantity } = product
  return Number.isInteger(quantity) ? product : withQuantity(product, path, issues)
})

/** Meta requires a whole quantity. Of a fraction the line is one piece, at the price of all of it. */
function withQuantity(product: Fields, path: Parent, issues: Issue[]): Fields {
  drop('quantity_corrected', path, 'quantity', issues)
  const line: Record<string, unknown> = { ...product, quantity: 1 }
  const { quantity } = product
  for (const key of ['item_price', 'price']) {
    const price = line[key]
    if (typeof price === 'number' && typeof quantity === 'number')
      line[key] = Number((price * quantity).toFixed(MAX_DECIMALS))
  }
  return line
}

/** Prices are short; what floats add is not. */
const MAX_DECIMALS = 6
