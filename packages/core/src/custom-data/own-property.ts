import { hasLostDigits } from '../normalize/clean.ts'
import { type Check, drop } from './checks.ts'
import { holdsEmail } from './personal-data.ts'

/**
 * A property of the caller's own: anything that can be written as JSON and holds no e-mail address.
 * What cannot (a cycle, a BigInt deep inside, a function) costs the property, not the event.
 */
export const ownProperty: Check = (value, parent, key, issues) => {
  if (typeof value === 'bigint') return String(value)
  if (typeof value === 'boolean') return value
  if (hasLostDigits(value)) return drop('number_lost_digits', parent, key, issues)
  const json = typeof value === 'number' && !Number.isFinite(value) ? undefined : jsonOf(value)
  if (json === undefined) return drop('wrong_type', parent, key, issues)
  if (holdsEmail(json)) return drop('personal_data', parent, key, issues)
  if (typeof value !== 'object') return value
  // What was looked at is what is sent: an object may write itself differently the next time.
  const sent: unknown = JSON.parse(json)
  return LONG_NUMBER.test(json) && holdsLostDigits(sent)
    ? drop('number_lost_digits', parent, key, issues)
    : sent
}

/** 2^53 has sixteen digits; from 1e21 on JSON writes an exponent. */
const LONG_NUMBER = /\d{16}|\de\+/

function holdsLostDigits(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return hasLostDigits(value)
  return Object.values(value).some(holdsLostDigits)
}

function jsonOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value)
  } catch {
    return undefined // Reported by the caller.
  }
}
