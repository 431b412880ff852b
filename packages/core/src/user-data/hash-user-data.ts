import { sha256 } from '../hash/sha256.ts'
import { type Issue, issue, keyPath } from '../issue.ts'
import { MD5_LENGTH } from '../normalize/already-hashed.ts'
import { readyHash, toText } from '../normalize/normalize-field.ts'
import { type FieldRule, USER_DATA_FIELDS } from './fields.ts'
import type { UserData, UserDataInput } from './user-data.ts'

const FIELDS = new Map<string, FieldRule>(Object.entries(USER_DATA_FIELDS))

/**
 * Normalises and hashes what Meta wants hashed; checks and passes the rest.
 * A value that cannot be its field is dropped with an issue; absent ones are silent. Never throws.
 */
export function hashUserData(userData: UserDataInput): { user_data: UserData; issues: Issue[] } {
  const issues: Issue[] = []
  const result: Record<string, string | string[]> = {}
  if (typeof userData !== 'object' || userData === null) return { user_data: {}, issues }
  for (const [key, value] of Object.entries(userData)) {
    if (value === undefined || value === null || value === '') continue
    const path = keyPath('user_data', key)
    const field = FIELDS.get(key)
    if (field === undefined) {
      issues.push(issue('unknown_key', path))
      continue
    }
    const leaving = field.hashed
      ? hashes(value, key, field, issues)
      : plain(value, field, path, issues)
    if (leaving !== undefined) result[key] = leaving
  }
  return { user_data: result as UserData, issues }
}

function hashes(
  value: unknown,
  key: string,
  field: FieldRule,
  issues: Issue[],
): string[] | undefined {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value]
  const found = new Set<string>()
  for (const [index, item] of list.entries()) {
    if (item === undefined || item === null || item === '') continue
    const path = Array.isArray(value) ? `user_data.${key}[${index}]` : `user_data.${key}`
    const text = toText(item)
    const ready = text === undefined ? undefined : readyHash(key, text)
    const normalized = ready ?? (text && field.normalize(text))
    if (!normalized) issues.push(issue('not_normalizable', path))
    else found.add(ready ?? sha256(normalized))
    if (ready?.length === MD5_LENGTH) issues.push(issue('md5_hash', path))
  }
  return found.size > 0 ? [...found] : undefined
}

function plain(
  value: unknown,
  field: FieldRule,
  path: string,
  issues: Issue[],
): string | undefined {
  const text = toText(value)
  const kept = text === undefined ? undefined : field.normalize(text)
  if (!kept) issues.push(issue('not_normalizable', path))
  return kept || undefined
}
