import { toText } from '../field/clean.ts'
import { isNothing } from '../field/nothing.ts'
import { createMemo } from '../hash/memo.ts'
import { country } from '../normalize/country.ts'
import type { ParsePhone, RuleContext } from '../normalize/rule-context.ts'

export interface ContextOptions {
  /** The time, milliseconds since 1970; default `Date.now()`. */
  readonly nowMs?: number | undefined
  /** Country of national phone numbers, for example `DE`. Default: the person's own `country`. */
  readonly phoneCountry?: string | undefined
  /** Takes over the phone rule, for example `parsePhone` of `@capi/core/phone`. */
  readonly parsePhone?: ParsePhone | undefined
}

/** What the rules of one person's fields may know. */
export function ruleContext(
  countryValue: unknown,
  now: number,
  options: ContextOptions,
): RuleContext {
  return {
    now,
    country: countryOf(Array.isArray(countryValue) ? countryValue[0] : countryValue),
    phoneCountry: options.phoneCountry === undefined ? undefined : countryOf(options.phoneCountry),
    parsePhone: options.parsePhone,
  }
}

/** Codes of countries as they were written: most events name one that was read before. Bounded, and without effect on any result. */
const codes = createMemo(512)

function countryOf(value: unknown): string | undefined {
  if (typeof value !== 'string') return readCountry(value)
  const known = codes.get(value)
  if (known !== undefined) return known
  const code = readCountry(value)
  if (code !== undefined) codes.set(value, code)
  return code
}

function readCountry(value: unknown): string | undefined {
  const text = toText(value)
  return text === undefined || (text.length > 2 && isNothing(text)) ? undefined : country(text)
}
