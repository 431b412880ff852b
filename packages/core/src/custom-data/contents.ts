import type { Issue } from '../issue.ts'
import { amount, type Check, count, drop, id, oneOf } from './checks.ts'
import { holdsEmail } from './personal-data.ts'

/** Source: Meta, Standard Parameters, read 2026-09. Other keys of a product pass. */
const CONTENT_FIELDS = new Map<string, Check>([
  ['id', id],
  ['quantity', count],
  ['item_price', amount],
  ['price', amount],
  ['delivery_category', oneOf(['in_store', 'curbside', 'home_delivery'])],
])

/** A list of products; anything else in its place fails the whole batch (100/2804008). */
export function contents(value: unknown, path: string, issues: Issue[]): unknown[] | undefined {
  if (!Array.isArray(value)) return drop('not_a_list', path, issues)
  const kept: unknown[] = []
  for (let index = 0; index < value.length; index++) {
    const product = content(value[index], `${path}[${index}]`, issues)
    if (product !== undefined) kept.push(product)
  }
  return kept.length > 0 ? kept : undefined
}

function content(
  value: unknown,
  path: string,
  issues: Issue[],
): Record<string, unknown> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return drop('wrong_type', path, issues)
  const input = value as Readonly<Record<string, unknown>>
  const product: Record<string, unknown> = {}
  for (const key of Object.keys(input)) {
    const item = input[key]
    if (item === undefined || item === null || key === '__proto__') continue
    const check = CONTENT_FIELDS.get(key)
    const sent =
      check === undefined
        ? ownKey(item, `${path}.${key}`, issues)
        : check(item, `${path}.${key}`, issues)
    if (sent !== undefined) product[key] = sent
  }
  if (product['id'] === undefined) return drop('content_id_missing', `${path}.id`, issues)
  return product
}

function ownKey(item: unknown, path: string, issues: Issue[]): unknown {
  return holdsEmail(item) ? drop('personal_data', path, issues) : item
}
