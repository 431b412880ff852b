import { createApp } from './app.ts'
import { type Listener, type ListenOptions, listen } from './listen.ts'
import type { CapturedEvent } from './store/captured-event.ts'
import type { EventFilter } from './store/event-filter.ts'
import { createEventStore } from './store/event-store.ts'
import { waitForEvent } from './store/wait-for-event.ts'

export interface EmulatorOptions {
  /** The clock that event ages are judged by, in Unix milliseconds. Default `Date.now`. */
  readonly now?: () => number
  /** How many of the newest events are kept. Default 500. */
  readonly max?: number
}

export interface WaitOptions {
  /** Default 2000. */
  readonly timeoutMs?: number
}

/** Meta's Conversions API in this process. Its functions need no `this`. */
export interface Emulator {
  /** Answers like Meta, without a network. Hand it to a client in place of `fetch`. */
  readonly fetch: (input: Request | string | URL, init?: RequestInit) => Promise<Response>
  /** Serves the same over HTTP, with the page that shows events as they arrive. */
  readonly listen: (options?: ListenOptions) => Promise<Listener>
  /** The kept events, oldest first, refused ones included. */
  readonly events: (filter?: EventFilter) => readonly CapturedEvent[]
  readonly clear: () => void
  /** The first kept or coming event that matches. Rejects with a list of what did arrive. */
  readonly waitForEvent: (filter: EventFilter, options?: WaitOptions) => Promise<CapturedEvent>
  /** Stops every listener and ends every stream and wait. */
  readonly close: () => Promise<void>
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

/**
 * Makes a stand-in for Meta's Conversions API. It judges each call by Meta's published rules,
 * keeps the events in memory, and reaches no network.
 */
export function createEmulator({ now = Date.now, max = 500 }: EmulatorOptions = {}): Emulator {
  const store = createEventStore(max, now)
  const app = createApp(store, now)
  const listeners = new Set<Listener>()

  const close = async () => {
    store.close()
    await Promise.all([...listeners].map((listener) => listener.close()))
    listeners.clear()
  }

  return {
    fetch: async (input, init) => {
      // A bare path is allowed in tests; the host never matters in-process.
      const target = input instanceof Request ? input : new URL(input, 'http://localhost')
      const request = new Request(target, init)
      request.signal.throwIfAborted()
      return app.fetch(request)
    },
    listen: async (options) => {
      const listener = await listen(app.fetch, options)
      listeners.add(listener)
      return listener
    },
    events: (filter) => store.list(filter),
    clear: () => store.clear(),
    waitForEvent: (filter, { timeoutMs = 2000 } = {}) => waitForEvent(store, filter, timeoutMs),
    close,
    [Symbol.asyncDispose]: close,
  }
}
