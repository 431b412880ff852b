import { type Check, drop } from './checks.ts'
import { holdsEmail } from './personal-data.ts'

/**
 * A property of the caller's own: anything that can be written as JSON and holds no e-mail address.
 * What cannot (a cycle, a BigInt deep inside, a function) costs the property, not the event.
 */
export const ownProperty: Check = (value, parent, key, issues) => {
  if (typeof value === 'bigint') return String(value)
  if (typeof value === 'boolean') return value
  const json = typeof value === 'number' && !Number.isFinite(value) ? undefined : jsonOf(value)
  if (json === undefined) return drop('wrong_type', parent, key, issues)
  if (holdsEmail(json)) return drop('personal_data', parent, key, issues)
  // What was looked at is what is sent: an object may write itself differently the next time.
  return typeof value === 'object' ? (JSON.parse(json) as unknown) : value
}

function jsonOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value)
  } catch {
    return undefined // Reported by the caller.
  }
}
