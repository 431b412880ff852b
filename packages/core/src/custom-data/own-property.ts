import { type Check, drop } from '../field/checks.ts'
import { hasLostDigits } from '../field/clean.ts'
import { isWebAddress, withoutPersonalData } from '../field/personal-address.ts'
import { holdsEmail, isPersonalKey, MAX_KEY } from '../field/personal-data.ts'
import { wellFormed } from '../field/well-formed.ts'
import type { IssueCode } from '../issue/issue-catalog.ts'
import { attempt } from '../runtime/attempt.ts'

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
  const json = typeof value === 'number' ? undefined : attempt(() => JSON.stringify(value))
  if (json === undefined) return drop('wrong_type', parent, key, issues)
  // What was looked at is what is sent: an object may write itself differently the next time.
  const read: unknown = JSON.parse(wellFormed(json))
  const code = holdsEmail(json) ? 'personal_data' : problemIn(read, String(key))
  return code === undefined ? read : drop(code, parent, key, issues)
}

const ownText: Check = (value, parent, key, issues) => {
  const text = String(value)
  const safe = isWebAddress(text) ? withoutPersonalData(text) : text
  if (holdsEmail(safe)) return drop('personal_data', parent, key, issues)
  if (safe !== text) drop('personal_data_in_url', parent, key, issues)
  return safe.toWellFormed()
}

/** Why a property must not be sent. `customer: { name }` is `customer_name`; of a list, the list's own name counts. */
function problemIn(value: unknown, name: string): IssueCode | undefined {
  if (typeof value === 'string' && isWebAddress(value) && withoutPersonalData(value) !== value)
    return 'personal_data'
  if (typeof value !== 'object' || value === null)
    return hasLostDigits(value) ? 'number_lost_digits' : undefined
  for (const [key, item] of Object.entries(value)) {
    const full = Array.isArray(value) ? name : `${name}_${key}`.slice(-MAX_KEY)
    const isNamed = item !== null && typeof item !== 'boolean'
    const code =
      isNamed && [key, full].some(isPersonalKey) ? 'personal_data' : problemIn(item, full)
    if (code !== undefined) return code
  }
  return undefined
}
