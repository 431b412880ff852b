import { EmulatorError } from '../emulator-error.ts'
import type { CapturedEvent } from './captured-event.ts'
import { type AnyFilter, matcherOf } from './event-filter.ts'
import type { EventStore } from './event-store.ts'
import { arrivals, nearestMiss } from './nearest-miss.ts'

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
      const events = store.list()
      const texts = [
        `No event matched ${JSON.stringify(filter)} ${reason}.`,
        nearestMiss(events, filter),
        arrivals(events),
      ]
      const message = texts.filter((text) => text !== '').join(' ')
      reject(new EmulatorError('event_not_received', message))
    }
    const abort = () => fail('before the caller went away')
    const timer = setTimeout(() => fail(`within ${timeoutMs} ms`), timeoutMs)
    const unsubscribe = store.subscribe((message) => {
      if (message.type === 'close') return fail('before the emulator closed')
      if (message.type === 'clear' || message.type === 'call') return
      if (message.event.id <= after || !matches(message.event)) return
      end()
      resolve(message.event)
    })
    signal?.addEventListener('abort', abort)
  })
}
