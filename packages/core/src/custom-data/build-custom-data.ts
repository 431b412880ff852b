import { homeOf } from '../event/key-homes.ts'
import { unexpectedKey } from '../event/unexpected-key.ts'
import { type Issue, issue, keyPath } from '../issue.ts'
import { type Check, drop } from './checks.ts'
import { CUSTOM_DATA_FIELDS } from './fields.ts'
import { ownProperty } from './own-property.ts'
import { holdsEmail, isPersonalKey } from './personal-data.ts'

const CHECKS = new Map<string, Check>(Object.entries(CUSTOM_DATA_FIELDS))

/** Checks the keys Meta knows and passes the caller's own, but for personal data. */
export function buildCustomData(
  input: unknown,
  issues: Issue[],
): Record<string, unknown> | undefined {
  if (input === undefined || input === null) return undefined
  if (typeof input !== 'object' || Array.isArray(input)) {
    issues.push(issue('wrong_type', 'custom_data'))
    return undefined
  }
  const given = input as Readonly<Record<string, unknown>>
  const result: Record<string, unknown> = {}
  let isEmpty = true
  for (const key of Object.keys(given)) {
    const value = given[key]
    if (value === undefined || value === null) continue
    const check = CHECKS.get(key)
    const sent = check
      ? withoutEmail(check(value, 'custom_data', key, issues), key, issues)
      : ownKey(key, value, issues)
    if (sent === undefined) continue
    result[key] = sent
    isEmpty = false
  }
  return isEmpty ? undefined : result
}

/** People search for addresses, and shops name lists after them. */
function withoutEmail(sent: unknown, key: string, issues: Issue[]): unknown {
  return typeof sent === 'string' && holdsEmail(sent)
    ? drop('personal_data', 'custom_data', key, issues)
    : sent
}

/** A custom property, unless it is a misplaced field or named like personal data: Meta forbids that here. */
function ownKey(key: string, value: unknown, issues: Issue[]): unknown {
  if (key === '__proto__' || homeOf(key, 'custom_data') !== undefined) {
    issues.push(unexpectedKey('custom_data', key))
    return undefined
  }
  if (isPersonalKey(key)) return drop('personal_data', 'custom_data', key, issues)
  const name = keyPath('', key)
  return ownProperty(value, 'custom_data', name, issues)
}
