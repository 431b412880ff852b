import { isAllowed } from '../consent.ts'
import { CapiConfigError, CapiValidationError } from '../errors.ts'
import { issue } from '../issue.ts'
import { toUploadTag } from '../options.ts'
import type { Addressed } from './addressed.ts'
import { type ClientState, prepare } from './client-state.ts'
import { type SendableEvent, sendRequests } from './send-requests.ts'
import { invalidReason, withhold } from './track.ts'
import type { Receipt, SendOptions, SendResult } from './tracker.ts'

interface Prepared {
  readonly receipt: Receipt
  /** Absent: it cannot be sent. */
  readonly event?: SendableEvent
}

/** Sends at once and waits for Meta's answer. @throws CapiError */
export async function send(
  state: ClientState,
  given: readonly Addressed[],
  { signal, uploadTag }: SendOptions,
): Promise<SendResult> {
  const { exchange } = state
  const allowed = given.filter(({ consent }) => isAllowed(consent))
  if (allowed.length === 0 && given.length > 0) {
    const receipts = given.map((one) => withhold(state, one))
    return { events_received: 0, receipts, responses: [] }
  }
  if (exchange === undefined || (given.length > 0 && allowed.every(isNowhere))) {
    throw new CapiConfigError(
      'access_token_missing',
      'Pass pixelId and accessToken to createCapi, or set META_PIXEL_ID and META_CAPI_ACCESS_TOKEN.',
    )
  }
  const request = { signal, uploadTag: toUploadTag(uploadTag) }
  if (given.length === 0) throw new CapiValidationError([issue('event_not_object', '')])
  const prepared = given.map((one) => prepareOne(state, one))
  const events = prepared.flatMap(({ event }) => event ?? [])
  if (events.length === 0)
    throw new CapiValidationError(prepared.flatMap(({ receipt }) => receipt.issues))
  const { responses, lost, failure } = await sendRequests(state, exchange, events, request)
  const result: SendResult = {
    events_received: responses.reduce((sum, one) => sum + one.events_received, 0),
    receipts: prepared.map(({ receipt, event }): Receipt => {
      const reason = event && lost.get(event)
      return reason === undefined ? receipt : { ...receipt, outcome: 'dropped', reason }
    }),
    responses,
  }
  if (failure === undefined) return result
  throw Object.defineProperty(failure, 'partial', { value: result })
}

/** A scope without any pixel, as that of a request that an adapter skips. */
function isNowhere({ pixelIds, fault }: Addressed): boolean {
  return pixelIds.length === 0 && fault === undefined
}

function prepareOne(state: ClientState, given: Addressed): Prepared {
  if (!isAllowed(given.consent)) return { receipt: withhold(state, given) }
  const { pixelIds } = given
  const { event, event_id, issues } = prepare(state, given)
  const count = Math.max(1, pixelIds.length)
  state.ledger.accept(count)
  if (event !== undefined && pixelIds.length > 0) {
    return { receipt: { event_id, outcome: 'accepted', issues }, event: { ...event, pixelIds } }
  }
  const reason = event === undefined ? invalidReason(issues) : 'disabled'
  state.ledger.drop({ reason, count, event_ids: [event_id], issues })
  return { receipt: { event_id, outcome: 'dropped', reason, issues } }
}
