import type { DropReason } from '../delivery/drop-reason.ts'
import type { AnyCapiError } from '../errors.ts'
import { META_MAX_EVENTS } from '../options.ts'
import {
  type Answer,
  causeOf,
  type Exchange,
  messagesOf,
  receivedOf,
} from '../transport/exchange.ts'
import { isRefusal, toError } from '../transport/to-error.ts'
import type { ClientState, ReadyEvent } from './client-state.ts'
import type { SendOptions, SendResult } from './tracker.ts'

/** An event, and the pixels it goes to. */
export interface SendableEvent extends ReadyEvent {
  readonly pixelIds: readonly string[]
}

export interface SentRequests {
  readonly responses: SendResult['responses']
  /** Why an event was not taken by every pixel. */
  readonly lost: ReadonlyMap<SendableEvent, DropReason>
  /** The first failure. */
  readonly failure?: AnyCapiError
}

/**
 * Requests of at most 1,000 events, one after the other, pixel by pixel. What refuses one request for the events in it
 * says nothing of the next; any other failure would befall the rest of that pixel too. Never rejects.
 */
export async function sendRequests(
  { options, ledger }: ClientState,
  exchange: Exchange,
  all: readonly SendableEvent[],
  { signal, uploadTag }: SendOptions,
): Promise<SentRequests> {
  const responses: SendResult['responses'][number][] = []
  const lost = new Map<SendableEvent, DropReason>()
  let failure: AnyCapiError | undefined

  /** @returns whether the pixel's next request may go out. */
  async function post(
    pixelId: string,
    events: readonly SendableEvent[],
    from: number,
  ): Promise<boolean> {
    const some = events.slice(from, from + META_MAX_EVENTS)
    const bodies = some.map(({ body }) => body)
    const answer = await exchange(pixelId, bodies, { signal, uploadTag })
    const { classified, attempt } = answer
    if (classified.verdict === 'delivered') {
      ledger.deliver(pixelId, idsOf(some), receivedOf(answer))
      responses.push(responseOf(pixelId, some, answer))
      return true
    }
    failure ??= toError(classified, attempt, options.timeoutMs)
    const isTheirs = classified.verdict === 'rejected'
    const reason = isRefusal(classified.verdict) ? 'rejected' : 'undelivered'
    const gone = isTheirs ? some : events.slice(from)
    const event_ids = idsOf(gone)
    ledger.drop({ reason, count: gone.length, pixelId, event_ids, cause: causeOf(answer) })
    for (const event of gone) lost.set(event, reason)
    return isTheirs
  }

  for (const pixelId of new Set(all.flatMap(({ pixelIds }) => pixelIds))) {
    const events = all.filter(({ pixelIds }) => pixelIds.includes(pixelId))
    for (let from = 0; from < events.length; from += META_MAX_EVENTS)
      if (!(await post(pixelId, events, from))) break
  }
  return { responses, lost, ...(failure && { failure }) }
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
