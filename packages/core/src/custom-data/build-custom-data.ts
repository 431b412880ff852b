import { type Check, drop, isFields } from '../field/checks.ts'
import type { Fields } from '../field/fields.ts'
import { holdsEmail, isPersonalKey } from '../field/personal-data.ts'
import { sift } from '../field/sift.ts'
import { type HomeOf, unexpectedKey } from '../field/unexpected-key.ts'
import { type Issue, keyPath } from '../issue/issue.ts'
import { CUSTOM_DATA_FIELDS } from './fields.ts'
import { ownProperty } from './own-property.ts'

const CHECKS = new Map<string, Check>(Object.entries(CUSTOM_DATA_FIELDS))

/** Checks the keys Meta knows and passes the caller's own, but for personal data. */
export function buildCustomData(
  input: unknown,
  homeOf: HomeOf,
  issues: Issue[],
): Fields | undefined {
  if (input === undefined || input === null) return undefined
  if (!isFields(input)) return drop('wrong_type', '', 'custom_data', issues)
  const currency = input['currency']
  return sift(input, (value, key) => {
    const check = CHECKS.get(key)
    if (check !== undefined) return check(value, 'custom_data', key, issues, currency)
    const home = homeOf(key, 'custom_data')
    if (home === undefined && key !== '__proto__') return ownKey(key, value, issues)
    issues.push(unexpectedKey(keyPath('custom_data', key), home))
    return undefined
  })
}

/** A custom property, unless it is named like personal data: Meta forbids that here. */
function ownKey(key: string, value: unknown, issues: Issue[]): unknown {
  const isPersonal = holdsEmail(key) || (typeof value !== 'boolean' && isPersonalKey(key))
  if (isPersonal) return drop('personal_data', 'custom_data', key, issues)
  return ownProperty(value, 'custom_data', key, issues)
}
