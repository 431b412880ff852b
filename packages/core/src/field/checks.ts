import { type Issue, issue, keyPath } from '../issue/issue.ts'
import type { IssueCode } from '../issue/issue-catalog.ts'
import { hasLostDigits } from './clean.ts'
import { asFields, type Fields } from './fields.ts'
import { isNothing, isUnset } from './nothing.ts'
import { holdsEmail } from './personal-data.ts'
import { sift } from './sift.ts'
import { yesNo } from './yes-no.ts'

/** The path of the object or list that a value stands in. */
export type Parent = string | (() => string)

/**
 * Gives the value to send, or undefined after adding the issue that says why it is dropped. The path
 * comes in two parts and is only put together for an issue: most values are fine.
 */
export type Check = (
  value: unknown,
  parent: Parent,
  key: string | number,
  issues: Issue[],
  /** `custom_data.currency` as it was given; amounts are read beside it. */
  currency?: unknown,
) => unknown

export function drop(
  code: IssueCode,
  parent: Parent,
  key: string | number,
  issues: Issue[],
): undefined {
  issues.push(issue(code, pathOf(parent, key)))
}

/** In Meta's own form: `custom_data.contents[1].id`. */
export function pathOf(parent: Parent, key: string | number): string {
  const path = typeof parent === 'string' ? parent : parent()
  return typeof key === 'number' ? `${path}[${key}]` : keyPath(path, key)
}

/** Any text but an e-mail address, which has no place here, and a word for nothing; numbers and BigInts are written out. */
export const text: Check = (value, parent, key, issues) => {
  if (typeof value !== 'string') return writtenOut(value, parent, key, issues)
  if (isNothing(value)) return drop('hash_of_nothing', parent, key, issues)
  if (hasLostDigits(value)) return drop('number_lost_digits', parent, key, issues)
  return withoutEmail(value, parent, key, issues)
}

/** What a visitor typed: `none` and `test` are words here. */
export const typedText: Check = (value, parent, key, issues) => {
  if (typeof value !== 'string') return writtenOut(value, parent, key, issues)
  if (isUnset(value)) return drop('hash_of_nothing', parent, key, issues)
  return withoutEmail(value, parent, key, issues)
}

const writtenOut: Check = (value, parent, key, issues) => {
  if (hasLostDigits(value)) return drop('number_lost_digits', parent, key, issues)
  const isNumber = typeof value === 'bigint' || Number.isFinite(value)
  return isNumber ? String(value) : drop('wrong_type', parent, key, issues)
}

const withoutEmail: Check = (value, parent, key, issues) => {
  if (value === '') return undefined
  return holdsEmail(value as string)
    ? drop('personal_data', parent, key, issues)
    : (value as string).toWellFormed()
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

/** A person's wish, as yes or no. What cannot be read counts as `careful`, the answer that limits more. */
/* @__NO_SIDE_EFFECTS__ */
export function wish<T>(yes: T, no: T, careful: T): Check {
  return (value, parent, key, issues) => {
    if (typeof value === 'string' && value.trim() === '') return undefined
    const says = yesNo(value)
    if (says !== undefined) return says ? yes : no
    drop('wish_unreadable', parent, key, issues)
    return careful
  }
}

/* @__NO_SIDE_EFFECTS__ */
export function oneOf(values: readonly string[]): Check {
  return (value, parent, key, issues) =>
    typeof value === 'string' && values.includes(value)
      ? value
      : drop('not_in_list', parent, key, issues)
}

/** A list of which each item is checked; items that fail go, an empty list goes. Where nothing changes it is the list that was given. */
/* @__NO_SIDE_EFFECTS__ */
export function listOf(check: Check): Check {
  return (value, parent, key, issues, currency) => {
    if (!Array.isArray(value)) return drop('not_a_list', parent, key, issues)
    const path = () => pathOf(parent, key)
    const kept: unknown[] = []
    // A list may bring its own toJSON, as an object may.
    let isSame = !('toJSON' in value)
    for (let index = 0; index < value.length; index++) {
      const item = check(value[index], path, index, issues, currency)
      isSame &&= item !== undefined && item === value[index]
      if (item !== undefined) kept.push(item)
    }
    if (kept.length > 0) return isSame ? value : kept
  }
}

/** An object of known keys; others are dropped. Empty ones go. */
/* @__NO_SIDE_EFFECTS__ */
export function objectOf(checks: Readonly<Record<string, Check>>): Check {
  const checkOf = new Map(Object.entries(checks))
  return (value, parent, key, issues) => {
    if (!isFields(value)) return drop('wrong_type', parent, key, issues)
    const path = () => pathOf(parent, key)
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
