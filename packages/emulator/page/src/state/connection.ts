import { signal } from '@preact/signals'
import type { CapturedEvent } from '../../../src/store/captured-event.ts'
import { applyMessages, type LogMessage, MAX_EVENTS } from '../model/event-log.ts'
import { announceArrivals } from './announce.ts'
import { getJson } from './api.ts'
import { events, hasLoaded } from './events.ts'

export const connection = signal<'connecting' | 'live' | 'lost'>('connecting')

/** A lone event is drawn at once, a burst this often. */
const FLUSH_MS = 50
/** For what the browser does not try again by itself. */
const RETRY_MS = 2000

/**
 * Follows the emulator. The stream resumes by itself, but it cannot tell of a clearing or a new status that
 * was missed, nor of a restart; so each time it opens, what is kept is read from scratch and messages wait meanwhile.
 */
export function connect(): void {
  let pending: LogMessage[] = []
  let isLoading = true
  let flushedMs = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const flush = () => {
    timer = undefined
    flushedMs = performance.now()
    if (isLoading || pending.length === 0) return
    const before = events.peek().at(-1)?.id ?? 0
    events.value = applyMessages(events.peek(), pending)
    announceArrivals(
      pending.filter((message) => message.type === 'capi' && message.event.id > before).length,
    )
    pending = []
  }
  const schedule = () => {
    if (timer !== undefined) return
    timer = setTimeout(flush, Math.max(0, flushedMs + FLUSH_MS - performance.now()))
  }
  const take = (type: 'capi' | 'update') => (message: MessageEvent<string>) => {
    pending.push({ type, event: JSON.parse(message.data) as CapturedEvent })
    // A page in the background may wait long for its timers.
    if (pending.length > 2 * MAX_EVENTS) pending = pending.slice(-MAX_EVENTS)
    schedule()
  }

  const retry = () => {
    stream.close()
    connection.value = 'lost'
    setTimeout(connect, RETRY_MS)
  }

  const stream = new EventSource('/__capi/events/stream')
  stream.addEventListener('open', () => {
    isLoading = true
    getJson<{ events: readonly CapturedEvent[] }>('/__capi/events')
      .then((loaded) => {
        events.value = loaded.events.slice(-MAX_EVENTS)
        hasLoaded.value = true
        isLoading = false
        connection.value = 'live'
        schedule()
      })
      .catch(retry)
  })
  stream.addEventListener('error', () => {
    connection.value = 'lost'
    if (stream.readyState === EventSource.CLOSED) retry()
  })
  stream.addEventListener('capi', take('capi'))
  stream.addEventListener('update', take('update'))
  stream.addEventListener('clear', () => {
    pending = [{ type: 'clear' }]
    schedule()
  })
}
