import { asFields } from '../field/fields.ts'
import { yesNo } from '../field/yes-no.ts'
import { attempt } from '../runtime/attempt.ts'

/**
 * What the visitor allows. `ldu`: yes, with Limited Data Use. `pending`: not asked yet, which is no `granted`.
 * Where no consent is named, the caller has allowed the events.
 */
export type Consent = 'granted' | 'denied' | 'ldu' | 'pending'

/** From the most to the least that is allowed. A table, so that the compiler misses one that is added. */
const STRICTNESS: Readonly<Record<Consent, number>> = { granted: 0, ldu: 1, pending: 2, denied: 3 }

/**
 * Whether it is one of the four words, as options of a program have to be.
 * @internal
 */
export function isConsent(value: unknown): value is Consent {
  return typeof value === 'string' && Object.hasOwn(STRICTNESS, value)
}

/**
 * The consent that a value says: one of the four words in any case, or a yes or no as forms, cookies and databases
 * write it (`true`, `'1'`, `'yes'`). Undefined: it says none of them.
 * @internal
 */
export function consentOf(value: unknown): Consent | undefined {
  const word = typeof value === 'string' ? value.trim().toLowerCase() : ''
  if (isConsent(word)) return word
  const isYes = yesNo(value)
  return isYes === undefined ? undefined : isYes ? 'granted' : 'denied'
}

/**
 * What a value means that stands where a consent belongs. It is never a yes by itself: undefined and the `null` of a
 * database say `pending`, for the visitor has not answered; a blank text and whatever says no consent are `denied`.
 */
export function readConsent(given: unknown): Consent {
  return consentOf(given ?? 'pending') ?? 'denied'
}

/**
 * What a scope or an event says of consent. Undefined: it has no such key, and says nothing. A key that is there and
 * empty is read as `readConsent` does, and one that cannot be read is `denied`.
 */
export function consentIn(fields: unknown): Consent | undefined {
  return attempt(() => {
    const known = asFields(fields) ?? {}
    return 'consent' in known ? readConsent(known['consent']) : undefined
  }, 'denied')
}

/** The one that allows less. */
export function stricter(one: Consent, other: Consent | undefined): Consent {
  return other !== undefined && STRICTNESS[other] > STRICTNESS[one] ? other : one
}

export function isAllowed(consent: Consent): boolean {
  return consent === 'granted' || consent === 'ldu'
}
