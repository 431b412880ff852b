import { toText } from '../field/clean.ts'
import { isHashOfNothing } from '../field/nothing.ts'
import { type ContextOptions, ruleContext } from './context.ts'
import { isAbsent } from './field-rule.ts'
import { givenHash } from './hash-field.ts'
import { HASHED_FIELDS } from './hashed-fields.ts'
import type { HashedField } from './user-data.ts'

/** What normalising one value may know beside it. */
export interface NormalizeOptions extends ContextOptions {
  /** Country of the person, read by states, postal codes and national phone numbers. */
  readonly country?: string | undefined
}

/**
 * The text whose SHA-256 Meta compares for this field, or the hash itself if the value is one
 * already. Undefined when the value cannot be what the field holds. Never throws.
 * @example
 * normalizeField('country', 'Switzerland') // 'ch'
 */
export function normalizeField(
  field: HashedField,
  value: unknown,
  options: NormalizeOptions = {},
): string | undefined {
  try {
    return normalizeKnown(field, value, options)
  } catch {
    return undefined // An object of the caller's threw when it was read.
  }
}

function normalizeKnown(
  field: HashedField,
  value: unknown,
  options: NormalizeOptions,
): string | undefined {
  const text = toText(value)
  if (text === undefined || !Object.hasOwn(HASHED_FIELDS, field)) return undefined
  const rule = HASHED_FIELDS[field]
  const given = givenHash(text, rule)
  if (given !== undefined) return isHashOfNothing(given) ? undefined : given
  const context = ruleContext(options.country, options.nowMs ?? Date.now(), options)
  return isAbsent(text, rule, context) ? undefined : rule.normalize(text, context) || undefined
}
