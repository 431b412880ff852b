import { hasLostDigits, toText } from '../field/clean.ts'
import { isHashOfNothing } from '../field/nothing.ts'
import { sha256 } from '../hash/sha256.ts'
import type { IssueCode } from '../issue/issue-catalog.ts'
import { asHashed, asMd5, MD5_LENGTH } from '../normalize/already-hashed.ts'
import type { RuleContext } from '../normalize/rule-context.ts'
import { type FieldRule, isAbsent } from './field-rule.ts'

/** The hash to send for one value: remembered, given, or made. Undefined: `warningFor` says why. */
export function hashField(
  value: unknown,
  rule: FieldRule,
  context: RuleContext,
): string | undefined {
  if (rule.memo === undefined || typeof value !== 'string') return freshHash(value, rule, context)
  const memo = rule.memo(context)
  const known = memo.get(value)
  if (known !== undefined) return known
  const hash = freshHash(value, rule, context)
  if (hash !== undefined) memo.set(value, hash)
  return hash
}

function freshHash(value: unknown, rule: FieldRule, context: RuleContext): string | undefined {
  const text = toText(value)
  if (text === undefined) return undefined
  const given = givenHash(text, rule)
  if (given !== undefined) return isHashOfNothing(given) ? undefined : given
  const isMissing = !rule.refusesNothing && isAbsent(text, rule, context)
  const normalized = isMissing ? undefined : rule.normalize(text, context)
  return normalized ? sha256(normalized) : undefined
}

/** The value as it is sent when it is a hash already. */
export function givenHash(text: string, rule: FieldRule): string | undefined {
  return text.length < 32
    ? undefined
    : (asHashed(text) ?? (rule.takesMd5 ? asMd5(text) : undefined))
}

/** The reason why a value was dropped, or the warning for a hash that is sent; mostly none. */
export function warningFor(
  value: unknown,
  hash: string | undefined,
  rule: FieldRule,
  context: RuleContext,
): IssueCode | undefined {
  if (hash === undefined) return whyDropped(value, rule, context)
  if (hash.length === MD5_LENGTH) return 'md5_hash'
  if (rule.warning === undefined || typeof value !== 'string') return undefined
  // Nothing can be read from a hash: its first digits are no country code.
  return givenHash(value, rule) === undefined ? rule.warning(value, context) : undefined
}

/** Why a value was dropped; `rule.dropCode` where its form is wrong. */
export function whyDropped(value: unknown, rule: FieldRule, context: RuleContext): IssueCode {
  const form = rule.dropCode ?? 'not_normalizable'
  const text = toText(value)
  if (text === undefined)
    return typeof value === 'string' && !hasLostDigits(value) ? form : whyUnread(value)
  const given = asHashed(text)
  const isMissing = given === undefined ? isAbsent(text, rule, context) : isHashOfNothing(given)
  return isMissing ? 'hash_of_nothing' : form
}

function whyUnread(value: unknown): IssueCode {
  if (hasLostDigits(value)) return 'number_lost_digits'
  return value instanceof Date && Number.isFinite(value.getTime())
    ? 'date_without_day'
    : 'wrong_type'
}
