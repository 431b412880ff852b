import { EmulatorError } from '../emulator-error.ts'
import { arrivals } from './arrivals.ts'
import type { CapturedEvent } from './captured-event.ts'
import { type AnyFilter, matcherOf } from './event-filter.ts'
import type { EventStore } from './event-store.ts'
import { nearestMiss } from './nearest-miss.ts'
import type { RecordedCall } from './recorded-call.ts'
import { showFilter } from './show-filter.ts'

/** Longer than this no request is left open; a client that waits longer asks again. */
export const MAX_WAIT_MS = 60_000

export interface Waiting {
  readonly timeoutMs: number
  /** Only events with a higher id. */
  readonly after?: number | undefined
  readonly signal?: AbortSignal | undefined
}

/** Resolves with the first kept or coming event that matches; rejects with `event_not_received` when time is up. */
export function waitForEvent(
  store: EventStore,
  filter: AnyFilter,
  { timeoutMs, after = 0, signal }: Waiting,
): Promise<CapturedEvent> {
  const matches = matcherOf(filter)
  const kept = store.list().find((event) => event.id > after && matches(event))
  if (kept) return Promise.resolve(kept)

  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer)
      unsubscribe()
      signal?.removeEventListener('abort', abort)
    }
    const fail = (reason: string) => {
      end()
      reject(notReceived(filter, reason, { events: store.list(), calls: store.calls.list() }))
    }
    const abort = () => fail('before the caller went away')
    const timer = setTimeout(() => fail(`within ${timeoutMs} ms`), timeoutMs)
    const unsubscribe = store.subscribe((message) => {
      if (message.type === 'close') return fail('before the emulator closed')
      if (message.type === 'clear' || message.type === 'call') return
      if (message.event.id <= after || !matches(message.event)) return
      end()
      resolve(store.get(message.event.id) ?? message.event)
    })
    signal?.addEventListener('abort', abort)
  })
}

/** Says what arrived in place of the event that was waited for. */
export function notReceived(
  filter: AnyFilter,
  reason: string,
  {
    events,
    calls,
  }: { readonly events: readonly CapturedEvent[]; readonly calls: readonly RecordedCall[] },
): EmulatorError {
  const parts = [
    `No event matched ${showFilter(filter)} ${reason}.`,
    nearestMiss(events, filter),
    arrivals(events, calls),
  ]
  return new EmulatorError('event_not_received', parts.filter((part) => part !== '').join(' '))
}
