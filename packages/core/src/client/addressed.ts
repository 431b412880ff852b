import { attempt } from '../attempt.ts'
import { type Consent, consentIn, stricter } from '../consent.ts'
import { mergeScope } from '../event/merge-scope.ts'
import { asFields, type Fields } from '../fields.ts'
import type { IssueCode } from '../issue-catalog.ts'
import { toPixelIds } from '../option/pixel-ids.ts'

/** What the scopes of a tracker say together. */
export interface TrackerScope {
  /** What is put under every event. */
  readonly fields: Fields
  readonly consent: Consent
  /** Undefined: none is named yet. Empty: events go nowhere, whatever they or a further scope name. */
  readonly pixelIds: readonly string[] | undefined
}

/** One event, where it goes and what its person allows. */
export interface Addressed {
  /** Reads the event, its scope's fields under its own. Throws what a getter of the caller's throws. */
  readonly read: () => Fields
  readonly consent: Consent
  readonly pixelIds: readonly string[]
  /** Why there is no pixel to send it to. */
  readonly fault?: IssueCode
}

/** An event may name its own pixels, and allow less than its scope, never more. */
export function addressed(scope: TrackerScope, event: unknown, more: Fields = {}): Addressed {
  const consent = stricter(scope.consent, consentIn(event))
  return {
    read() {
      const { pixelId: _, ...fields } = event as Fields
      return mergeScope(scope.fields, { ...fields, ...more, consent })
    },
    consent,
    ...pixelsOf(scope, event),
  }
}

function pixelsOf(
  { pixelIds }: TrackerScope,
  event: unknown,
): Pick<Addressed, 'pixelIds' | 'fault'> {
  if (pixelIds?.length === 0) return { pixelIds }
  const own = ownPixels(event)
  if (own === 'invalid') return { pixelIds: [], fault: 'pixel_id_invalid' }
  const named = own ?? pixelIds
  return named === undefined ? { pixelIds: [], fault: 'pixel_id_missing' } : { pixelIds: named }
}

/** Undefined: the event has no such key. A key that is there and empty never means the scope's pixel, or the client's. */
function ownPixels(event: unknown): readonly string[] | 'invalid' | undefined {
  return attempt(() => {
    const fields = asFields(event) ?? {}
    return 'pixelId' in fields ? toPixelIds(fields['pixelId'], '') : undefined
  }, 'invalid')
}
