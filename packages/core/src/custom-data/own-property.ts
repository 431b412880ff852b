import { type Check, drop } from './checks.ts'
import { holdsEmail } from './personal-data.ts'

/**
 * A property of the caller's own: anything that can be written as JSON and holds no e-mail address.
 * What cannot (a cycle, a BigInt deep inside, a function) costs the property, not the event.
 */
export const ownProperty: Check = (value, parent, key, issues) => {
  if (typeof value === 'bigint') return String(value)
  const isWritable =
    typeof value === 'object'
      ? isJson(value)
      : typeof value !== 'function' && typeof value !== 'symbol'
  if (!isWritable) return drop('wrong_type', parent, key, issues)
  return holdsEmail(value) ? drop('personal_data', parent, key, issues) : value
}

function isJson(value: unknown): boolean {
  try {
    return JSON.stringify(value) !== undefined
  } catch {
    return false // Reported by the caller.
  }
}
