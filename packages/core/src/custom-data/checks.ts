import { asFields, type Fields } from '../fields.ts'
import { type Issue, issue, keyPath } from '../issue.ts'
import type { IssueCode } from '../issue-catalog.ts'
import { holdsEmail } from './personal-data.ts'
import { sift } from './sift.ts'

/**
 * Gives the value to send, or undefined after adding the issue that says why it is dropped. The path
 * comes in two parts and is only put together for an issue: most values are fine.
 */
export type Check = (
  value: unknown,
  parent: string,
  key: string | number,
  issues: Issue[],
) => unknown

export function drop(
  code: IssueCode,
  parent: string,
  key: string | number,
  issues: Issue[],
): undefined {
  issues.push(issue(code, pathOf(parent, key)))
}

/** In Meta's own form: `custom_data.contents[1].id`. */
export function pathOf(parent: string, key: string | number): string {
  if (typeof key === 'number') return `${parent}[${key}]`
  return keyPath(parent, key)
}

/** Any text but an e-mail address, which has no place here; a number is written out. */
export const text: Check = (value, parent, key, issues) => {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value)
  if (typeof value !== 'string') return drop('wrong_type', parent, key, issues)
  if (value === '') return undefined
  return holdsEmail(value) ? drop('personal_data', parent, key, issues) : value
}

/** An id: like text, and a BigInt is written out. */
export const id: Check = (value, parent, key, issues) =>
  text(typeof value === 'bigint' ? String(value) : value, parent, key, issues)

/** Decimal text without thousands: `142.52`, as in Meta's own examples, `.5`, `1e3`. */
const DECIMAL = /^[+-]?(?:\d{1,15}\.?\d{0,10}|\.\d{1,10})(?:e\d)?$/i
/** A comma before one or two digits can only be a decimal one. */
const COMMA = /^[+-]?\d{1,15},\d{1,2}$/

/** A number, its text, or the decimal object of a database. */
export const amount: Check = (value, parent, key, issues) => {
  if (typeof value === 'number' && Number.isFinite(value)) return value
  const written =
    typeof value === 'string' || typeof value === 'bigint' || isDecimal(value)
      ? String(value).trim()
      : ''
  if (DECIMAL.test(written)) return Number(written)
  return COMMA.test(written)
    ? Number(written.replace(',', '.'))
    : drop('amount_invalid', parent, key, issues)
}

/** Decimal.js, Prisma and their like: an object with a text of its own. */
function isDecimal(value: unknown): boolean {
  return (
    isFields(value) &&
    value.toString !== Object.prototype.toString &&
    typeof value.toString === 'function'
  )
}

/** A whole number from 0, or its digits. */
export const count: Check = (value, parent, key, issues) => {
  const number =
    typeof value === 'string' && /^\d{1,15}(?:\.0{1,4})?$/.test(value) ? Number(value) : value
  if (typeof number === 'number' && Number.isSafeInteger(number) && number >= 0) return number
  return drop('wrong_type', parent, key, issues)
}

export const flag: Check = (value, parent, key, issues) =>
  typeof value === 'boolean' ? value : drop('wrong_type', parent, key, issues)

/** `true` and `false`, sent as 1 and 0. */
export const flagNumber: Check = (value, parent, key, issues) => {
  if (value === true || value === 1 || value === '1' || value === 'true') return 1
  return value === false || value === 0 || value === '0' || value === 'false'
    ? 0
    : drop('wrong_type', parent, key, issues)
}

export function oneOf(values: readonly string[]): Check {
  return (value, parent, key, issues) =>
    typeof value === 'string' && values.includes(value)
      ? value
      : drop('not_in_list', parent, key, issues)
}

/** A list of which each item is checked; items that fail go, an empty list goes. */
export function listOf(check: Check): Check {
  return (value, parent, key, issues) => {
    if (!Array.isArray(value)) return drop('not_a_list', parent, key, issues)
    const path = pathOf(parent, key)
    const kept: unknown[] = []
    for (let index = 0; index < value.length; index++) {
      const item = check(value[index], path, index, issues)
      if (item !== undefined) kept.push(item)
    }
    return kept.length > 0 ? kept : undefined
  }
}

/** An object of known keys; others are dropped. Empty ones go. */
export function objectOf(checks: Readonly<Record<string, Check>>): Check {
  const checkOf = new Map(Object.entries(checks))
  return (value, parent, key, issues) => {
    if (!isFields(value)) return drop('wrong_type', parent, key, issues)
    const path = pathOf(parent, key)
    return sift(value, (item, name) => {
      const check = checkOf.get(name)
      return check ? check(item, path, name, issues) : drop('unknown_key', path, name, issues)
    })
  }
}

export function isFields(value: unknown): value is Fields {
  const fields = asFields(value)
  return fields !== undefined && !isCollection(fields)
}

/** They have no keys to read: an empty object would be made of them. */
function isCollection(value: object): boolean {
  return value instanceof Map || value instanceof Set || value instanceof Date
}
