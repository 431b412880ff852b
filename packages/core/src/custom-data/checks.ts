import { type Issue, issue } from '../issue.ts'
import type { IssueCode } from '../issue-catalog.ts'
import { type Fields, sift } from './sift.ts'

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
  return parent === '' ? key : `${parent}.${key}`
}

/** Any text; a number is written out. */
export const text: Check = (value, parent, key, issues) => {
  if (typeof value === 'string') return value === '' ? undefined : value
  if (typeof value === 'number' && Number.isFinite(value)) return String(value)
  return drop('wrong_type', parent, key, issues)
}

/** An id: like text, and a BigInt is written out. */
export const id: Check = (value, parent, key, issues) =>
  text(typeof value === 'bigint' ? String(value) : value, parent, key, issues)

/** A number, or the decimal text that Meta's own examples use (`"142.52"`). */
export const amount: Check = (value, parent, key, issues) => {
  if (typeof value === 'number' && Number.isFinite(value)) return value
  if (typeof value === 'string' && /^\s*-?\d{1,15}(?:\.\d{1,10})?\s*$/.test(value))
    return Number(value)
  return drop('amount_invalid', parent, key, issues)
}

/** A whole number from 0, or its digits. */
export const count: Check = (value, parent, key, issues) => {
  const number = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value
  if (typeof number === 'number' && Number.isSafeInteger(number) && number >= 0) return number
  return drop('wrong_type', parent, key, issues)
}

export const flag: Check = (value, parent, key, issues) =>
  typeof value === 'boolean' ? value : drop('wrong_type', parent, key, issues)

/** `true` and `false`, sent as 1 and 0. */
export const flagNumber: Check = (value, parent, key, issues) => {
  if (value === true || value === 1 || value === '1') return 1
  return value === false || value === 0 || value === '0'
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
      return check ? check(item, path, name, issues) : drop('unknown_key', parent, key, issues)
    })
  }
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
