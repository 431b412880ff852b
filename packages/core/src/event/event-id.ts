import { toText } from '../field/clean.ts'
import { asFields } from '../field/fields.ts'
import { identifiesNothing, isNothing, isUnset } from '../field/nothing.ts'
import { attempt } from '../runtime/attempt.ts'
import { randomId } from '../runtime/random-id.ts'

/** How a random id begins that stands in for one whose parts say nothing: the event that gets it has an issue. */
const STAND_IN = 'no-id.'

/**
 * An event id made of what identifies the event, the same on server and browser:
 * `eventIdFrom('order', 1001)` is `order.1001`, which a page can write as `'order.' + orderId`.
 * Parts are joined by dots; a dot or percent sign inside a part is written %2E or %25, so that
 * different parts never give the same id. A part that is nothing (undefined, null, NaN, blank, `'undefined'`, `'N/A'`), or no
 * part at all, would give many events one id: a random one, `no-id.` and a UUID, is returned in its place. The
 * event that gets it is sent with the issue `event_id_missing`.
 * @example
 * eventIdFrom('order', 1001) // 'order.1001', on the server and in the page's Pixel
 */
export function eventIdFrom(...parts: readonly (string | number)[]): string {
  const isKnown = parts.length > 0 && parts.every(saysWhich)
  const id = isKnown ? parts.map(escaped).join('.') : ''
  return id === '' || isNothing(id) || identifiesNothing(id) ? STAND_IN + randomId() : id
}

function escaped(part: unknown): string {
  return String(part).replaceAll('%', '%25').replaceAll('.', '%2E')
}

/** Whether `eventIdFrom` made the id for lack of parts. */
export function isStandIn(id: string): boolean {
  return id.length === STAND_IN.length + 36 && id.startsWith(STAND_IN)
}

/** The first of several parts names a kind of event, for which `test` is a word like any other. */
function saysWhich(part: unknown, index: number, parts: readonly unknown[]): boolean {
  // An ObjectId, for example, is its text.
  const text = attempt(() => toText(asFields(part) === undefined ? part : String(part)))
  if (text === undefined || identifiesNothing(text)) return false
  return !(index === 0 && parts.length > 1 ? isUnset(text) : isNothing(text))
}
