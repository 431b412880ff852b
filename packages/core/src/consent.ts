import { attempt } from './attempt.ts'
import { dataProcessing, LOCATED } from './event/data-processing.ts'
import type { Fields } from './fields.ts'
import { yesNo } from './yes-no.ts'

/**
 * What the visitor allows. `ldu`: yes, with Limited Data Use. `pending`: not asked yet, which is no `granted`.
 * Where no consent is named, the events were allowed by whoever tracks them.
 */
export type Consent = 'granted' | 'denied' | 'ldu' | 'pending'

/** A table, so that the compiler misses one that is added. */
const KNOWN: Readonly<Record<Consent, true>> = {
  granted: true,
  denied: true,
  ldu: true,
  pending: true,
}

/** Whether it is one of the four words, as options of a program have to be. */
export function isConsent(value: unknown): value is Consent {
  return typeof value === 'string' && Object.hasOwn(KNOWN, value)
}

/**
 * The consent that a value says: one of the four words in any case, or a yes or no as forms, cookies and databases
 * write it (`true`, `'1'`, `'yes'`). Undefined: it says none of them.
 */
export function consentOf(value: unknown): Consent | undefined {
  const word = typeof value === 'string' ? value.trim().toLowerCase() : ''
  if (isConsent(word)) return word
  const isYes = yesNo(value)
  return isYes === undefined ? undefined : isYes ? 'granted' : 'denied'
}

/**
 * Without a consent everything is allowed. A function that knows none, and the `null` of a database, say `pending`: the
 * visitor has not answered. A function that fails, and a value that says no consent, are `denied`.
 */
export function readConsent(given: Consent | (() => Consent | undefined) | undefined): Consent {
  const consent =
    typeof given === 'function'
      ? (attempt(given, 'denied') ?? 'pending')
      : given === undefined
        ? 'granted'
        : (given ?? 'pending')
  return consentOf(consent) ?? 'denied'
}

export function isAllowed(consent: Consent): boolean {
  return consent === 'granted' || consent === 'ldu'
}

/** The fields of an event, limited if the consent demands it: an event's own `[]` does not undo the person's wish. */
export function limited(fields: Fields, consent: Consent): Fields {
  if (consent !== 'ldu') return fields
  const own = dataProcessing(fields, [])
  return own === undefined || own['data_processing_options']?.length === 0
    ? { ...fields, ...LOCATED }
    : fields
}
