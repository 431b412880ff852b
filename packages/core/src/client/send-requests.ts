import type { Cause } from '../issue/cause.ts'
import type { DropReason } from '../issue/drop-reason.ts'
import type { AnyCapiError } from '../issue/errors.ts'
import type { SendResult } from '../issue/send-result.ts'
import { attempt as tryTo } from '../runtime/attempt.ts'
import { META_MAX_EVENTS } from '../transport/events-request.ts'
import {
  type Answer,
  causeOf,
  messagesOf,
  type RequestLimits,
  receivedOf,
} from '../transport/exchange.ts'
import { isRefusal, toError } from '../transport/to-error.ts'
import type { Admitted } from './admit.ts'
import type { ClientState } from './client-state.ts'
import type { ReadyEvent } from './prepare-event.ts'

/** What one `send` says of its requests. */
export type SendLimits = Pick<RequestLimits, 'signal' | 'uploadTag' | 'testEventCode'>

export interface SentRequests {
  readonly responses: SendResult['responses']
  /** Why an event was not taken by every pixel. */
  readonly lost: ReadonlyMap<ReadyEvent, DropReason>
  /** The first failure. */
  readonly failure?: AnyCapiError
  /** The signal ended it. */
  readonly isAborted: boolean
}

/**
 * Requests of at most 1,000 events, one after the other, pixel by pixel. What refuses one request for the events in it
 * says nothing of the next; any other failure would meet the rest of that pixel too. Never rejects.
 */
export async function sendRequests(
  { options, ledger, exchange }: ClientState,
  admitted: readonly Admitted[],
  limits: SendLimits,
): Promise<SentRequests> {
  const responses: SendResult['responses'][number][] = []
  const lost = new Map<ReadyEvent, DropReason>()
  let failure: AnyCapiError | undefined
  let isAborted = isEnded(limits.signal)

  function lose(
    pixelId: string,
    events: readonly ReadyEvent[],
    reason: DropReason,
    cause?: Cause,
  ): void {
    const event_ids = idsOf(events)
    ledger.drop({ reason, count: events.length, pixelId, event_ids, ...(cause && { cause }) })
    for (const event of events) if (!lost.has(event)) lost.set(event, reason)
  }

  async function sendTo(pixelId: string, events: readonly ReadyEvent[]): Promise<void> {
    ledger.accept(events.length)
    for (let from = 0; from < events.length; from += META_MAX_EVENTS) {
      isAborted ||= isEnded(limits.signal)
      if (isAborted || exchange === undefined) return lose(pixelId, events.slice(from), 'aborted')
      const some = events.slice(from, from + META_MAX_EVENTS)
      const bodies = some.map(({ body }) => body)
      const answer = await exchange(pixelId, bodies, limits)
      const { classified, attempt } = answer
      if (classified.verdict === 'delivered') {
        ledger.deliver(pixelId, idsOf(some), { received: receivedOf(answer), bodies: () => bodies })
        responses.push(responseOf(pixelId, some, answer))
        continue
      }
      isAborted = attempt.phase !== 'answered' && isEnded(limits.signal)
      if (isAborted) return lose(pixelId, events.slice(from), 'aborted')
      failure ??= toError(classified, attempt, options.timeoutMs)
      const isTheirs = classified.verdict === 'rejected'
      const reason = isRefusal(classified.verdict) ? 'rejected' : 'undelivered'
      lose(pixelId, isTheirs ? some : events.slice(from), reason, causeOf(answer))
      if (!isTheirs) return
    }
  }

  for (const [pixelId, events] of byPixel(admitted)) await sendTo(pixelId, events)
  return { responses, lost, isAborted, ...(failure && { failure }) }
}

function byPixel(admitted: readonly Admitted[]): ReadonlyMap<string, readonly ReadyEvent[]> {
  const found = new Map<string, ReadyEvent[]>()
  for (const { event, pixelIds } of admitted) {
    if (event === undefined) continue
    for (const pixelId of pixelIds) {
      const events = found.get(pixelId)
      if (events === undefined) found.set(pixelId, [event])
      else events.push(event)
    }
  }
  return found
}

/** Cloudflare Workers refuse to read a signal of another request. */
function isEnded(signal: AbortSignal | undefined): boolean {
  return tryTo(() => signal?.aborted === true, false)
}

function responseOf(
  pixelId: string,
  events: readonly ReadyEvent[],
  answer: Answer,
): SendResult['responses'][number] {
  const { fbtrace_id } = causeOf(answer)
  const messages = messagesOf(answer)
  return {
    pixelId,
    events_received: receivedOf(answer),
    event_ids: idsOf(events),
    ...(messages.length > 0 && { messages }),
    ...(fbtrace_id === undefined ? {} : { fbtrace_id }),
  }
}

const idsOf = (events: readonly ReadyEvent[]) => events.map(({ event_id }) => event_id)
