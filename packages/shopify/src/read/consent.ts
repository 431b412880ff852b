import { consentOf } from '@capi/core/adapter'
import type { ConsentAnswer } from '../map/mapping-options.ts'

/** A consent as it is written in attributes, cookies and databases; undefined: it says none. Not answered yet is no yes. */
export function readConsent(value: unknown): ConsentAnswer | undefined {
  const consent = consentOf(value)
  return consent === 'pending' ? 'denied' : consent
}
