import { type Consent, consentIn, isAllowed, stricter } from '../event/consent.ts'
import type { Scope } from '../event/event-input.ts'
import { mergeScope } from '../event/merge-scope.ts'
import { isElsewhere, isSkipped, SKIPPED } from '../event/request-scope.ts'
import { asFields, type Fields } from '../field/fields.ts'
import { attempt } from '../runtime/attempt.ts'
import { UNREAD, type Visit } from './visit.ts'

/** The scope of a tracker, `with` by `with`. */
export interface OwnScope {
  readonly fields: Scope & Fields
  /** What it says of consent. */
  readonly consent: Consent | undefined
}

/** What counts for one event. */
export interface Judged {
  readonly consent: Consent
  /** What goes under it, the outermost first. */
  readonly layers: readonly Fields[]
  /** It goes to no pixel, whatever it names. */
  readonly isSkipped: boolean
  /** It did not happen in the request: nothing of the visit counts, and it does not wait for its visitor. */
  readonly isElsewhere: boolean
}

/** @param now what the visitor allows at this moment. */
export function judge(visit: Visit, now: Consent, scope: OwnScope, event: unknown): Judged {
  const { fields } = scope
  if (isElsewhere(event, fields))
    return {
      consent: stricter(scope.consent ?? 'granted', consentIn(event)),
      layers: [fields],
      isSkipped: isSkipped(fields.pixelId),
      isElsewhere: true,
    }
  const consent = visitConsent(visit, now, scope, event)
  if (visit.isSkipped) return { consent, layers: [fields], isSkipped: true, isElsewhere: false }
  const isRead = isAllowed(consent) || consent === 'pending'
  const layers = isRead ? visit.layers : [UNREAD.scope as unknown as Fields]
  return {
    consent,
    layers: [...layers, fields],
    isSkipped: isSkipped(fields.pixelId),
    isElsewhere: false,
  }
}

/** The strictest of what the visitor, the scope and the event say. What the visitor has said since answers a `pending`. */
export function visitConsent(
  { decided }: Visit,
  now: Consent,
  scope: OwnScope,
  event: unknown,
): Consent {
  const answered = (said: Consent | undefined) => (said === 'pending' ? (decided ?? said) : said)
  return stricter(answered(scope.consent) ?? now, answered(consentIn(event)))
}

/**
 * The whole event, for the plain client. One that cannot be read is left for the client to refuse; without consent, nothing
 * of it is left.
 */
export function judgedEvent(event: unknown, { consent, layers, isSkipped }: Judged): unknown {
  return attempt(
    () => {
      const own = demandFields(event)
      const whole = mergeScope(...layers, own)
      if (isSkipped) whole['pixelId'] = SKIPPED.pixelId
      // A key that is there and empty must not pass for the scope's pixel, or the client's.
      else if ('pixelId' in own) whole['pixelId'] = own['pixelId']
      whole['consent'] = consent
      return whole
    },
    isAllowed(consent) && !isSkipped ? event : { consent, ...(isSkipped && SKIPPED) },
  )
}

/** @throws an error that `attempt` catches */
function demandFields(event: unknown): Fields {
  const fields = asFields(event)
  // biome-ignore lint/plugin: it is caught where the event is built
  if (fields === undefined) throw new TypeError('no event')
  return fields
}
