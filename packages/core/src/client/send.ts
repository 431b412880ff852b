import { type Consent, isAllowed } from '../consent.ts'
import { CapiConfigError, CapiValidationError } from '../errors.ts'
import type { Fields } from '../fields.ts'
import { issue } from '../issue.ts'
import { toUploadTag } from '../options.ts'
import { type ClientState, prepare, type ReadyEvent } from './client-state.ts'
import { sendRequests } from './send-requests.ts'
import { invalidReason, withhold } from './track.ts'
import type { Receipt, SendOptions, SendResult } from './tracker.ts'

interface Destination extends SendOptions {
  readonly pixelIds: readonly string[]
  readonly consent: Consent
}

interface Prepared {
  readonly receipt: Receipt
  /** Absent: it cannot be sent. */
  readonly event?: ReadyEvent
}

/** Sends at once and waits for Meta's answer. @throws CapiError */
export async function send(
  state: ClientState,
  reads: readonly (() => Fields)[],
  { pixelIds, consent, signal, uploadTag }: Destination,
): Promise<SendResult> {
  if (!isAllowed(consent)) {
    const receipts = reads.map((read) => withhold(state, read, pixelIds.length))
    return { events_received: 0, receipts, responses: [] }
  }
  const { exchange } = state
  if (exchange === undefined || pixelIds.length === 0) {
    throw new CapiConfigError(
      'access_token_missing',
      'Pass pixelId and accessToken to createCapi, or set META_PIXEL_ID and META_CAPI_ACCESS_TOKEN.',
    )
  }
  const request = { pixelIds, signal, uploadTag: toUploadTag(uploadTag) }
  if (reads.length === 0) throw new CapiValidationError([issue('event_not_object', '')])
  const prepared = reads.map((read) => prepareOne(state, read, pixelIds.length))
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

function prepareOne(state: ClientState, read: () => Fields, copies: number): Prepared {
  const { event, event_id, issues } = prepare(state, read)
  state.ledger.accept(copies)
  if (event !== undefined) {
    return { receipt: { event_id: event.event_id, outcome: 'accepted', issues }, event }
  }
  const reason = invalidReason(issues)
  state.ledger.drop({ reason, count: copies, event_ids: [event_id], issues })
  return { receipt: { event_id, outcome: 'dropped', reason, issues } }
}
