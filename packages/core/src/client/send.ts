import type { DropReason } from '../issue/drop-reason.ts'
import {
  type AnyCapiError,
  CapiClosedError,
  CapiConfigError,
  CapiValidationError,
} from '../issue/errors.ts'
import { type Issue, issue } from '../issue/issue.ts'
import type { SendReceipt, SendResult } from '../issue/send-result.ts'
import type { Addressed } from './addressed.ts'
import { type Admitted, admit } from './admit.ts'
import type { ClientState } from './client-state.ts'
import { nothingIsSent } from './nothing-is-sent.ts'
import { type SendLimits, type SentRequests, sendRequests } from './send-requests.ts'

/**
 * Sends at once and waits for Meta's answer. No event at all is refused, as Meta refuses it.
 * @throws CapiError when an event did not reach Meta by a fault, with all receipts in `partial`; the signal's reason when
 * it was aborted.
 */
export async function send(
  state: ClientState,
  all: readonly Addressed[],
  limits: SendLimits,
): Promise<SendResult> {
  const nothing: SendResult = { events_received: 0, receipts: [], responses: [] }
  if (all.length === 0)
    throw withPartial(new CapiValidationError([issue('event_not_object', '')]), nothing)
  const isLate = state.isClosed
  const admitted = all.map((given) => admit(state, given))
  const sent = await sendRequests(state, admitted, limits)
  const receipts = admitted.map((one) => receiptOf(one, sent))
  const result: SendResult = {
    events_received: sent.responses.reduce((sum, one) => sum + one.events_received, 0),
    receipts,
    responses: sent.responses,
  }
  if (sent.isAborted) throw limits.signal?.reason
  const failure = sent.failure ?? (isLate ? new CapiClosedError() : faultOf(state, receipts))
  if (failure === undefined) return result
  throw withPartial(failure, result)
}

function withPartial(failure: AnyCapiError, value: SendResult): AnyCapiError {
  return Object.defineProperty(failure, 'partial', { value })
}

function receiptOf(
  { event, event_id, issues, reason }: Admitted,
  { lost }: SentRequests,
): SendReceipt {
  const why = event === undefined ? reason : lost.get(event)
  return why === undefined
    ? { event_id, outcome: 'delivered', issues }
    : { event_id, outcome: 'dropped', reason: why, issues }
}

/** Why events did not get as far as a request. A person's refusal is no fault. */
function faultOf(state: ClientState, receipts: readonly SendReceipt[]): AnyCapiError | undefined {
  const dropped = (...reasons: readonly DropReason[]) =>
    receipts.filter(({ reason }) => reason !== undefined && reasons.includes(reason))
  if (dropped('closed').length > 0) return new CapiClosedError()
  const isOff = dropped('disabled').some(({ issues }) => !issues.some(isError))
  if (isOff) return disabled(state)
  const invalid = dropped('invalid', 'expired', 'disabled')
  if (invalid.length === 0) return undefined
  const counts = { refused: invalid.length, given: receipts.length }
  return new CapiValidationError(
    invalid.flatMap(({ issues }) => issues),
    counts,
  )
}

const isError = ({ severity }: Issue) => severity === 'error'

function disabled({ options, exchange }: ClientState): CapiConfigError {
  if (options.enabled === false)
    return new CapiConfigError('disabled', 'The client is off (enabled: false); nothing was sent.')
  if (exchange !== undefined)
    return new CapiConfigError(
      'disabled',
      'The events have no pixel to go to: the scope has an empty pixelId, or the request is skipped. Nothing was sent.',
    )
  return new CapiConfigError('access_token_missing', nothingIsSent(options))
}
