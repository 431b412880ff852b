import { attempt } from './attempt.ts'
import type { Fields } from './fields.ts'

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

/** Whether it is one of the four words. */
export function isConsent(value: unknown): value is Consent {
  return typeof value === 'string' && Object.hasOwn(KNOWN, value)
}

/**
 * Without a consent everything is allowed. A function that knows none says `pending`: the visitor has not
 * answered. A function that fails, and a word nobody knows, are `denied`.
 */
export function readConsent(given: Consent | (() => Consent | undefined) | undefined): Consent {
  const consent =
    typeof given === 'function' ? (attempt(given, 'denied') ?? 'pending') : (given ?? 'granted')
  return isConsent(consent) ? consent : 'denied'
}

export function isAllowed(consent: Consent): boolean {
  return consent === 'granted' || consent === 'ldu'
}

/** Meta finds out where the visitor is. Source: Meta, Data Processing Options, read 2026-09. */
const LIMITED: Fields = {
  data_processing_options: ['LDU'],
  data_processing_options_country: 0,
  data_processing_options_state: 0,
}

/** A scope with what the consent demands of every event under it. */
export function limited(scope: Fields, consent: Consent): Fields {
  return consent === 'ldu' ? { ...scope, ...LIMITED } : scope
}
