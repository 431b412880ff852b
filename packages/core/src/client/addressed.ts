import { type Consent, consentIn, stricter } from '../event/consent.ts'
import type { Scope } from '../event/event-input.ts'
import { mergeScope } from '../event/merge-scope.ts'
import { isElsewhere, isOfRequest, isSkipped } from '../event/request-scope.ts'
import { asFields, type Fields } from '../field/fields.ts'
import type { IssueCode } from '../issue/issue-catalog.ts'
import { toPixelIds } from '../option/pixel-ids.ts'
import { attempt } from '../runtime/attempt.ts'

/** What the scopes of a tracker say together. */
export interface TrackerScope {
  /** What is put under every event. */
  readonly fields: Fields
  readonly consent: Consent
  /** Undefined: none is named yet. Empty: events go nowhere, whatever they or a further scope name. */
  readonly pixelIds: readonly string[] | undefined
  /** The same without what a web request says of its visitor: for events that did not happen in it. */
  readonly elsewhere?: TrackerScope | undefined
}

/** A scope in another one: its fields win. @throws CapiConfigError for a pixelId that is no dataset id. */
export function within(outer: TrackerScope, inner: Scope): TrackerScope {
  const { pixelId, consent: _, ...fields } = inner
  const named = 'pixelId' in inner ? toPixelIds(pixelId, 'The pixelId of a scope') : outer.pixelIds
  const pixelIds = isSkipped(outer.pixelIds) ? outer.pixelIds : named
  const { elsewhere } = outer
  return {
    fields: mergeScope(outer.fields, fields),
    consent: consentIn(inner) ?? outer.consent,
    pixelIds,
    elsewhere: isOfRequest(inner)
      ? { ...outer, pixelIds, elsewhere: undefined }
      : elsewhere && within(elsewhere, inner),
  }
}

/** One event, where it goes and what its person allows. */
export interface Addressed {
  /** Reads the event, its scope's fields under its own. Throws what a getter of the caller's throws. */
  readonly read: () => unknown
  readonly consent: Consent
  readonly pixelIds: readonly string[]
  /** Why there is no pixel to send it to. */
  readonly fault?: IssueCode
}

/** An event may name its own pixels, and allow less than its scope, never more. */
export function addressed(all: TrackerScope, event: unknown, more: Fields = {}): Addressed {
  const { elsewhere } = all
  const scope = elsewhere !== undefined && isElsewhere(event, all.fields) ? elsewhere : all
  const consent = stricter(scope.consent, consentIn(event))
  return {
    read() {
      const fields = asFields(event)
      if (fields === undefined) return event
      return mergeScope(scope.fields, { ...fields, ...more, consent, pixelId: undefined })
    },
    consent,
    ...pixelsOf(scope, event),
  }
}

function pixelsOf(
  { pixelIds }: TrackerScope,
  event: unknown,
): Pick<Addressed, 'pixelIds' | 'fault'> {
  if (pixelIds !== undefined && isSkipped(pixelIds)) return { pixelIds }
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
