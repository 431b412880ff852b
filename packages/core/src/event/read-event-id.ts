import { hasLostDigits, inOnePiece, toText } from '../field/clean.ts'
import { identifiesNothing, isNothing } from '../field/nothing.ts'
import { type Issue, issue } from '../issue/issue.ts'
import type { IssueCode } from '../issue/issue-catalog.ts'
import { isStandIn } from './event-id.ts'

/**
 * The `event_id` as text. Undefined where none was given, and where it stands for nothing or cannot be one: a random id
 * takes its place, with an issue. A random id that `eventIdFrom` made for lack of parts has the same issue. Halves of surrogate
 * pairs are replaced, as in all text that is sent in clear. Three sales named `undefined` would count as one.
 */
export function readEventId(value: unknown, issues: Issue[]): string | undefined {
  if (value === undefined || value === null) return undefined
  const text = isIdType(value) ? toText(value) : undefined
  if (text !== undefined && !isNothing(text) && !identifiesNothing(text)) {
    // Also the page's copy has this one.
    if (isStandIn(text)) issues.push(issue('event_id_missing', 'event_id'))
    return inOnePiece(text.toWellFormed())
  }
  issues.push(issue(whyNone(value), 'event_id'))
  return undefined
}

function isIdType(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'bigint' || Number.isSafeInteger(value)
}

function whyNone(value: unknown): IssueCode {
  if (hasLostDigits(value)) return 'number_lost_digits'
  return typeof value === 'string' ? 'event_id_missing' : 'event_id_invalid'
}
