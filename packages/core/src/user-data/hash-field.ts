import { sha256 } from '../hash/sha256.ts'
import type { IssueCode } from '../issue-catalog.ts'
import { asHashed, asMd5, MD5_LENGTH } from '../normalize/already-hashed.ts'
import { toText } from '../normalize/clean.ts'
import { isHashOfNothing, isNothing } from '../normalize/nothing.ts'
import type { RuleContext } from '../normalize/rule-context.ts'
import type { FieldRule } from './field-rule.ts'

/** The hash to send for one value: remembered, given, or made. Undefined: `doubtAbout` says why. */
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
  const normalized = isNothing(text) ? undefined : rule.normalize(text, context)
  return normalized ? sha256(normalized) : undefined
}

/** The value as it is sent when it is a hash already. */
export function givenHash(text: string, rule: FieldRule): string | undefined {
  return text.length < 32
    ? undefined
    : (asHashed(text) ?? (rule.takesMd5 ? asMd5(text) : undefined))
}

/** Why a value was dropped, or what is doubtful about the hash that is sent; mostly nothing. */
export function doubtAbout(
  value: unknown,
  hash: string | undefined,
  rule: FieldRule,
  context: RuleContext,
): IssueCode | undefined {
  if (hash === undefined) return whyDropped(value)
  if (hash.length === MD5_LENGTH) return 'md5_hash'
  return rule.doubt !== undefined && typeof value === 'string'
    ? rule.doubt(value, context)
    : undefined
}

function whyDropped(value: unknown): IssueCode {
  const text = toText(value)
  if (text === undefined) return typeof value === 'string' ? 'not_normalizable' : 'wrong_type'
  const given = asHashed(text)
  const isMissing = isNothing(text) || (given !== undefined && isHashOfNothing(given))
  return isMissing ? 'hash_of_nothing' : 'not_normalizable'
}
