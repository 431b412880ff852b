import { type Issue, issue } from '../issue.ts'
import type { IssueCode } from '../issue-catalog.ts'

/** Gives the value to send, or undefined after adding the issue that says why it is dropped. */
export type Check = (value: unknown, path: string, issues: Issue[]) => unknown

export function drop(code: IssueCode, path: string, issues: Issue[]): undefined {
  issues.push(issue(code, path))
}

/** Any text; a number is written out. */
export const text: Check = (value, path, issues) => {
  if (typeof value === 'string') return value === '' ? undefined : value
  if (typeof value === 'number' && Number.isFinite(value)) return String(value)
  return drop('wrong_type', path, issues)
}

/** An id: like text, and a BigInt is written out. */
export const id: Check = (value, path, issues) =>
  text(typeof value === 'bigint' ? String(value) : value, path, issues)

/** A number, or the decimal text that Meta's own examples use (`"142.52"`). */
export const amount: Check = (value, path, issues) => {
  if (typeof value === 'number' && Number.isFinite(value)) return value
  if (typeof value === 'string' && /^\s*-?\d{1,15}(?:\.\d{1,10})?\s*$/.test(value))
    return Number(value)
  return drop('amount_invalid', path, issues)
}

/** A whole number from 0, or its digits. */
export const count: Check = (value, path, issues) => {
  const number = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value
  if (typeof number === 'number' && Number.isSafeInteger(number) && number >= 0) return number
  return drop('wrong_type', path, issues)
}

export const flag: Check = (value, path, issues) =>
  typeof value === 'boolean' ? value : drop('wrong_type', path, issues)

/** `true` and `false`, sent as 1 and 0. */
export const flagNumber: Check = (value, path, issues) => {
  if (value === true || value === 1 || value === '1') return 1
  return value === false || value === 0 || value === '0' ? 0 : drop('wrong_type', path, issues)
}

export function oneOf(values: readonly string[]): Check {
  return (value, path, issues) =>
    typeof value === 'string' && values.includes(value) ? value : drop('not_in_list', path, issues)
}

/** A list of which each item is checked; items that fail go, an empty list goes. */
export function listOf(check: Check): Check {
  return (value, path, issues) => {
    if (!Array.isArray(value)) return drop('not_a_list', path, issues)
    const kept: unknown[] = []
    for (let index = 0; index < value.length; index++) {
      const item = check(value[index], `${path}[${index}]`, issues)
      if (item !== undefined) kept.push(item)
    }
    return kept.length > 0 ? kept : undefined
  }
}

/** An object of known keys; others are dropped. Empty ones go. */
export function objectOf(checks: Readonly<Record<string, Check>>): Check {
  const checkOf = new Map(Object.entries(checks))
  return (value, path, issues) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return drop('wrong_type', path, issues)
    }
    const kept: Record<string, unknown> = {}
    let isEmpty = true
    for (const [key, item] of Object.entries(value)) {
      if (item === undefined || item === null) continue
      const check = checkOf.get(key)
      const sent = check ? check(item, `${path}.${key}`, issues) : drop('unknown_key', path, issues)
      if (sent === undefined) continue
      kept[key] = sent
      isEmpty = false
    }
    return isEmpty ? undefined : kept
  }
}
