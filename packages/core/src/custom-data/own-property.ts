import { attempt } from '../attempt.ts'
import { hasLostDigits } from '../normalize/clean.ts'
import { wellFormed } from '../well-formed.ts'
import { type Check, drop } from './checks.ts'
import { isWebAddress, withoutPersonalData } from './personal-address.ts'
import { holdsEmail, isPersonalKey } from './personal-data.ts'

/**
 * A property of the caller's own: anything that can be written as JSON and holds no personal data; an address loses
 * the parameters that hold some. What cannot be written (a cycle, a BigInt deep inside, a function) costs the
 * property, not the event.
 */
export const ownProperty: Check = (value, parent, key, issues) => {
  if (typeof key === 'string' && !key.isWellFormed()) return drop('wrong_type', parent, key, issues)
  if (typeof value === 'bigint') return String(value)
  if (typeof value === 'boolean') return value
  if (hasLostDigits(value)) return drop('number_lost_digits', parent, key, issues)
  if (typeof value === 'number' && Number.isFinite(value)) return value
  if (typeof value === 'string') return ownText(value, parent, key, issues)
  const json = typeof value === 'number' ? undefined : jsonOf(value)
  if (json === undefined) return drop('wrong_type', parent, key, issues)
  // What was looked at is what is sent: an object may write itself differently the next time.
  const read: unknown = JSON.parse(wellFormed(json))
  if (holdsEmail(json) || holdsPersonalData(read, String(key), 0))
    return drop('personal_data', parent, key, issues)
  return LONG_NUMBER.test(json) && holdsLostDigits(read)
    ? drop('number_lost_digits', parent, key, issues)
    : read
}

const ownText: Check = (value, parent, key, issues) => {
  const text = String(value)
  const safe = isWebAddress(text) ? withoutPersonalData(text) : text
  if (holdsEmail(safe)) return drop('personal_data', parent, key, issues)
  if (safe !== text) drop('personal_data_in_url', parent, key, issues)
  return safe.toWellFormed()
}

/** Deeper down nobody names what a person is called. */
const MAX_DEPTH = 8

/** `customer: { name }` is `customer_name`; of a list, the list's own name counts. */
function holdsPersonalData(value: unknown, name: string, depth: number): boolean {
  if (typeof value === 'string') return isWebAddress(value) && withoutPersonalData(value) !== value
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return false
  return Object.entries(value).some(([key, item]) => {
    const full = Array.isArray(value) ? name : `${name}_${key}`
    const isNamed = [key, full].some(isPersonalKey) && item !== null && typeof item !== 'boolean'
    return isNamed || holdsPersonalData(item, full, depth + 1)
  })
}

/** 2^53 has sixteen digits; from 1e21 on JSON writes an exponent. */
const LONG_NUMBER = /\d{16}|\de\+/

function holdsLostDigits(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return hasLostDigits(value)
  return Object.values(value).some(holdsLostDigits)
}

function jsonOf(value: unknown): string | undefined {
  return attempt(() => JSON.stringify(value)) // Reported by the caller.
}
