import { isFields } from '../field/checks.ts'
import { toText } from '../field/clean.ts'
import { isOwn } from '../field/fields.ts'
import { type HomeOf, unexpectedKey } from '../field/unexpected-key.ts'
import { type Issue, issue, keyPath } from '../issue/issue.ts'
import type { RuleContext } from '../normalize/rule-context.ts'
import { type ContextOptions, ruleContext } from './context.ts'
import { type FieldRule, isAbsent } from './field-rule.ts'
import { hashField, warningFor, whyDropped } from './hash-field.ts'
import { HASHED_FIELDS } from './hashed-fields.ts'
import { PLAIN_FIELDS } from './plain-fields.ts'
import type { UserData } from './user-data.ts'

const RULES = new Map<string, FieldRule>([
  ...Object.entries(HASHED_FIELDS),
  ...Object.entries(PLAIN_FIELDS),
])

/** What building one person's `user_data` takes beside its fields. */
export interface UserDataContext {
  readonly nowMs: number
  readonly options: ContextOptions
  readonly homeOf: HomeOf
}

/**
 * Normalises and hashes what Meta wants hashed; checks and passes the rest. A value that cannot be its field is dropped
 * with an issue. Throws what a getter of the caller's throws.
 */
export function buildUserData(
  userData: unknown,
  { nowMs, options, homeOf }: UserDataContext,
  issues: Issue[],
): UserData {
  const result: Record<string, string | string[]> = {}
  if (userData === undefined || userData === null) return result
  if (!isFields(userData)) {
    issues.push(issue('wrong_type', 'user_data'))
    return result
  }
  const context = ruleContext(userData['country'], nowMs, options)
  // See `sift`.
  for (const key in userData) {
    if (!isOwn.call(userData, key)) continue
    const value = userData[key]
    if (value === undefined || value === null || value === '') continue
    const rule = RULES.get(key)
    if (rule === undefined) {
      issues.push(unexpectedKey(keyPath('user_data', key), homeOf(key, 'user_data')))
      continue
    }
    const sent = rule.isHashed
      ? hashes(key, value, rule, context, issues)
      : plain(key, value, rule, context, issues)
    if (sent !== undefined) result[key] = sent
  }
  return result
}

function plain(
  key: string,
  value: unknown,
  rule: FieldRule,
  context: RuleContext,
  issues: Issue[],
): string | undefined {
  const isList = !rule.isSingle && Array.isArray(value)
  const text = toText(isList ? value.map(toText).join() : value)
  const isGiven = text !== undefined && (rule.refusesNothing || !isAbsent(text, rule, context))
  const sent = isGiven ? rule.normalize(text, context) : undefined
  const code =
    sent === undefined
      ? whyDropped(isList ? (text ?? ',') : value, rule, context)
      : rule.warning?.(sent, context, text)
  if (code === undefined) return sent
  issues.push(issue(code, `user_data.${key}`, sent === undefined ? rule.dropFix : undefined))
  return code === 'fbc_expired' ? undefined : sent
}

function hashes(
  key: string,
  value: unknown,
  rule: FieldRule,
  context: RuleContext,
  issues: Issue[],
): string | string[] | undefined {
  if (!Array.isArray(value)) {
    const hash = hashOne(key, value, rule, context, issues)
    return hash === undefined || rule.isSingle ? hash : [hash]
  }
  const found = new Set<string>()
  for (let index = 0; index < value.length; index++) {
    const item: unknown = value[index]
    if (item === undefined || item === null || item === '') continue
    const hash = hashOne(`${key}[${index}]`, item, rule, context, issues)
    if (hash !== undefined) found.add(hash)
  }
  if (found.size === 0) return undefined
  const [first] = found
  return rule.isSingle ? first : [...found]
}

/** The hash of one value, and what there is to say of it. `key` is its path in `user_data`. */
function hashOne(
  key: string,
  value: unknown,
  rule: FieldRule,
  context: RuleContext,
  issues: Issue[],
): string | undefined {
  const hash = hashField(value, rule, context)
  const code = warningFor(value, hash, rule, context)
  if (code !== undefined) issues.push(issue(code, `user_data.${key}`))
  return hash
}
