import { homeOf } from '../event/key-homes.ts'
import { unexpectedKey } from '../event/unexpected-key.ts'
import { type Check, drop, isFields } from '../field/checks.ts'
import type { Fields } from '../field/fields.ts'
import { holdsEmail, isPersonalKey } from '../field/personal-data.ts'
import { sift } from '../field/sift.ts'
import type { Issue } from '../issue/issue.ts'
import { CUSTOM_DATA_FIELDS } from './fields.ts'
import { ownProperty } from './own-property.ts'

const CHECKS = new Map<string, Check>(Object.entries(CUSTOM_DATA_FIELDS))

/** Checks the keys Meta knows and passes the caller's own, but for personal data. */
export function buildCustomData(input: unknown, issues: Issue[]): Fields | undefined {
  if (input === undefined || input === null) return undefined
  if (!isFields(input)) return drop('wrong_type', '', 'custom_data', issues)
  const currency = input['currency']
  return sift(input, (value, key) => {
    const check = CHECKS.get(key)
    return check ? check(value, 'custom_data', key, issues, currency) : ownKey(key, value, issues)
  })
}

/** A custom property, unless it is a misplaced field or named like personal data: Meta forbids that here. */
function ownKey(key: string, value: unknown, issues: Issue[]): unknown {
  if (key === '__proto__' || homeOf(key, 'custom_data') !== undefined) {
    issues.push(unexpectedKey('custom_data', key))
    return undefined
  }
  const isPersonal = holdsEmail(key) || (typeof value !== 'boolean' && isPersonalKey(key))
  if (isPersonal) return drop('personal_data', 'custom_data', key, issues)
  return ownProperty(value, 'custom_data', key, issues)
}
