import { type Consent, isAllowed } from '../consent.ts'
import { type AnyCapiError, CapiConfigError, CapiValidationError } from '../errors.ts'
import type { Fields } from '../fields.ts'
import { issue } from '../issue.ts'
import { META_MAX_EVENTS } from '../options.ts'
import { type Answer, causeOf, type Exchange, receivedOf } from '../transport/exchange.ts'
import { isRefusal, toError } from '../transport/to-error.ts'
import { type ClientState, prepare, type ReadyEvent } from './client-state.ts'
import { invalidReason, withhold } from './track.ts'
import type { Receipt, SendResult } from './tracker.ts'

interface Destination {
  readonly pixelIds: readonly string[]
  readonly consent: Consent
  readonly signal: AbortSignal | undefined
}

/** Sends at once and waits for Meta's answer. @throws CapiError */
export async function send(
  state: ClientState,
  reads: readonly (() => Fields)[],
  { pixelIds, consent, signal }: Destination,
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
  if (reads.length === 0) throw new CapiValidationError([issue('event_not_object', '')])
  const { events, receipts } = prepareAll(state, reads, pixelIds.length)
  if (events.length === 0)
    throw new CapiValidationError(receipts.flatMap((receipt) => receipt.issues))
  const responses = []
  let failure: AnyCapiError | undefined
  for (const pixelId of pixelIds) {
    for (let from = 0; from < events.length; from += META_MAX_EVENTS) {
      const result = await post(
        state,
        exchange,
        pixelId,
        events.slice(from, from + META_MAX_EVENTS),
        signal,
      )
      if (result.classified.verdict === 'delivered') responses.push(response(pixelId, result))
      else failure ??= toError(result.classified, result.outcome, state.options.timeoutMs)
    }
  }
  if (failure !== undefined) throw failure
  const events_received = responses.reduce((sum, one) => sum + one.events_received, 0)
  return { events_received, receipts, responses }
}

function response(pixelId: string, answer: Answer): SendResult['responses'][number] {
  const { fbtrace_id } = causeOf(answer)
  return {
    pixelId,
    events_received: receivedOf(answer),
    ...(fbtrace_id === undefined ? {} : { fbtrace_id }),
  }
}

function prepareAll(state: ClientState, reads: readonly (() => Fields)[], copies: number) {
  const events: ReadyEvent[] = []
  const receipts = reads.map((read): Receipt => {
    const { event, event_id, issues } = prepare(state, read)
    state.ledger.accept(copies)
    if (event !== undefined) {
      events.push(event)
      return { event_id: event.event_id, outcome: 'accepted', issues }
    }
    const reason = invalidReason(issues)
    state.ledger.drop({ reason, count: copies, event_ids: [event_id], issues })
    return { event_id, outcome: 'dropped', reason, issues }
  })
  return { events, receipts }
}

async function post(
  state: ClientState,
  exchange: Exchange,
  pixelId: string,
  events: readonly ReadyEvent[],
  signal: AbortSignal | undefined,
) {
  const event_ids = events.map((event) => event.event_id)
  const answer = await exchange(
    pixelId,
    events.map((event) => event.body),
    { signal },
  )
  const { verdict } = answer.classified
  if (verdict === 'delivered') state.ledger.deliver(pixelId, event_ids, receivedOf(answer))
  else
    state.ledger.drop({
      reason: isRefusal(verdict) ? 'rejected' : 'undelivered',
      count: events.length,
      pixelId,
      event_ids,
      cause: causeOf(answer),
    })
  return answer
}
