import { unexpectedKey } from '../event/unexpected-key.ts'
import { isFields } from '../field/checks.ts'
import { toText } from '../field/clean.ts'
import { type Issue, issue } from '../issue/issue.ts'
import type { RuleContext } from '../normalize/rule-context.ts'
import { type ContextOptions, ruleContext } from './context.ts'
import { type FieldRule, isAbsent } from './field-rule.ts'
import { doubtAbout, hashField, whyDropped } from './hash-field.ts'
import { HASHED_FIELDS } from './hashed-fields.ts'
import { PLAIN_FIELDS } from './plain-fields.ts'
import type { UserData, UserDataInput } from './user-data.ts'

const RULES = new Map<string, FieldRule>([
  ...Object.entries(HASHED_FIELDS),
  ...Object.entries(PLAIN_FIELDS),
])

/** What hashing one person's fields may know beside them: the time, and a country for phones. */
export type UserDataOptions = ContextOptions

/**
 * Normalises and hashes what Meta wants hashed; checks and passes the rest.
 * A value that cannot be its field is dropped with an issue; absent ones are silent. Never throws.
 */
export function hashUserData(
  userData: UserDataInput,
  options: UserDataOptions = {},
): {
  /** Ready to be sent. */
  user_data: UserData
  /** What was dropped or doubted, and why; never holds a value. */
  issues: Issue[]
} {
  const issues: Issue[] = []
  try {
    return {
      user_data: buildUserData(userData, options.nowMs ?? Date.now(), options, issues),
      issues,
    }
  } catch {
    // A getter or proxy of the caller's threw; what it threw may hold personal data.
    return { user_data: {}, issues: [issue('unreadable_input', 'user_data')] }
  }
}

/** The same without the guard, for `buildEvent`, which has its own. */
export function buildUserData(
  userData: unknown,
  now: number,
  options: UserDataOptions,
  issues: Issue[],
): UserData {
  const result: Record<string, string | string[]> = {}
  if (userData === undefined || userData === null) return result
  if (!isFields(userData)) {
    issues.push(issue('wrong_type', 'user_data'))
    return result
  }
  const context = ruleContext(userData['country'], now, options)
  // See `sift`.
  for (const key in userData) {
    if (!Object.hasOwn(userData, key)) continue
    const value = userData[key]
    if (value === undefined || value === null || value === '') continue
    const rule = RULES.get(key)
    if (rule === undefined) {
      issues.push(unexpectedKey('user_data', key))
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
      : rule.doubt?.(sent, context, text)
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
  const code = doubtAbout(value, hash, rule, context)
  if (code !== undefined) issues.push(issue(code, `user_data.${key}`))
  return hash
}
