import { isFields } from '../rules/rule.ts'

/** No more digits than a number keeps, and no zeros in front: an id of digits is no number. */
const DECIMAL = /^-?(?:0|[1-9]\d{0,11})(?:\.\d{1,3})?$/

/** A value as the pixel's query would carry it, which has only texts: 12 and "12" are one, and a list of one is its entry. */
export function plainValue(value: unknown): string {
  if (Array.isArray(value) && value.length === 1) return plainValue(value[0])
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string') return DECIMAL.test(value) ? String(Number(value)) : value
  return JSON.stringify(value, sorted) ?? ''
}

function sorted(_key: string, value: unknown): unknown {
  if (typeof value === 'number') return String(value)
  if (!isFields(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}
