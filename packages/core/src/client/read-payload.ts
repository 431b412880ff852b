import { homeOf } from '../event/key-homes.ts'
import { asFields, type Fields } from '../field/fields.ts'
import { unexpectedKey } from '../field/unexpected-key.ts'
import { CapiError, CapiValidationError } from '../issue/errors.ts'
import { type Issue, issue, keyPath } from '../issue/issue.ts'
import { optionText } from '../option/demand.ts'
import { attempt } from '../runtime/attempt.ts'
import type { SendLimits } from './send-requests.ts'

/** What `send` was given: its events, and what a payload says beside them. */
export interface Payload extends Pick<SendLimits, 'testEventCode' | 'uploadTag'> {
  readonly events: readonly unknown[]
}

/**
 * One event, a list of them, or the body of a request as Meta documents it: events in `data`, `test_event_code` and
 * `upload_tag` beside them. Any other key of that body is reported, and is not sent.
 * Source: Meta, Using the API, read 2026-09; upload_tag: Conversions API for Offline Events.
 * @throws CapiError for what cannot be read.
 */
export function readPayload(given: unknown, report: (issues: readonly Issue[]) => void): Payload {
  try {
    const body = payloadOf(given)
    if (body === undefined) return { events: listOf(given) }
    const { data, test_event_code, upload_tag, ...others } = body
    report(Object.keys(others).map(misplaced))
    return {
      events: listOf(data),
      testEventCode: optionText('test_event_code', test_event_code),
      uploadTag: optionText('upload_tag', upload_tag),
    }
  } catch (error) {
    // Else a getter of the caller's threw; what was thrown may hold personal data.
    throw CapiError.is(error) ? error : new CapiValidationError([issue('unreadable_input', '')])
  }
}

/** The same with every event changed. Undefined when it cannot be read: then nothing of it may be sent. */
export function mapEvents(given: unknown, change: (event: unknown) => unknown): unknown {
  return attempt(() => {
    const body = payloadOf(given)
    if (body !== undefined) return { ...body, data: listOf(body['data']).map(change) }
    return Array.isArray(given) ? listOf(given).map(change) : change(given)
  })
}

function payloadOf(given: unknown): Fields | undefined {
  const fields = asFields(given)
  return Array.isArray(fields?.['data']) ? fields : undefined
}

/** An array is copied: it may change while its events wait for their turn. */
export function listOf(events: unknown): readonly unknown[] {
  return Array.isArray(events) ? [...events] : [events]
}

function misplaced(key: string): Issue {
  const home = homeOf(key, 'event')
  return home === undefined || home === key
    ? issue(
        'unknown_key',
        keyPath('', key),
        'Remove it: it is no part of a request to Meta, or an old one.',
      )
    : unexpectedKey(keyPath('', key), home)
}
