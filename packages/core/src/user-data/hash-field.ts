import { sha256 } from '../hash/sha256.ts'
import type { IssueCode } from '../issue-catalog.ts'
import { asHashed, asMd5 } from '../normalize/already-hashed.ts'
import { toText } from '../normalize/clean.ts'
import { isHashOfNothing, isNothing } from '../normalize/nothing.ts'
import type { RuleContext } from '../normalize/rule-context.ts'
import type { HashedFieldRule } from './fields.ts'

/** The hash to send for one value: remembered, given, or made. Undefined: `whyNoHash` says why. */
export function hashField(
  value: unknown,
  rule: HashedFieldRule,
  context: RuleContext,
): string | undefined {
  const { memo } = rule
  if (memo === undefined || typeof value !== 'string') return freshHash(value, rule, context)
  const key = rule.readsCountry ? `${value}|${context.country}` : value
  const known = memo.get(key)
  if (known !== undefined) return known
  const hash = freshHash(value, rule, context)
  if (hash !== undefined) memo.set(key, hash)
  return hash
}

function freshHash(
  value: unknown,
  rule: HashedFieldRule,
  context: RuleContext,
): string | undefined {
  const text = toText(value)
  if (text === undefined) return undefined
  const given = givenHash(text, rule)
  if (given !== undefined) return isHashOfNothing(given) ? undefined : given
  const normalized = isNothing(text) ? undefined : normalizeText(text, rule, context)
  return normalized ? sha256(normalized) : undefined
}

/** The value as it is sent when it is a hash already. */
export function givenHash(text: string, rule: HashedFieldRule): string | undefined {
  return text.length < 32
    ? undefined
    : (asHashed(text) ?? (rule.takesMd5 === false ? undefined : asMd5(text)))
}

/** A rule of the caller's (`parsePhone`) may throw; that costs the field. */
export function normalizeText(
  text: string,
  rule: HashedFieldRule,
  context: RuleContext,
): string | undefined {
  try {
    return rule.normalize(text, context) || undefined
  } catch {
    return undefined // Reported by the caller as a value that is none.
  }
}

/** Why a value was dropped, or what is doubtful about the hash it gave. */
export function doubtAbout(value: unknown, hash: string | undefined): IssueCode | undefined {
  if (hash !== undefined) return hash.length === 32 ? 'md5_hash' : undefined
  const text = toText(value)
  if (text === undefined) return typeof value === 'string' ? 'not_normalizable' : 'wrong_type'
  const given = asHashed(text)
  return isNothing(text) || (given !== undefined && isHashOfNothing(given))
    ? 'hash_of_nothing'
    : 'not_normalizable'
}
