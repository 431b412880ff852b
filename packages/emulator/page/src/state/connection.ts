import { signal } from '@preact/signals'
import type { CapturedEvent } from '../../../src/store/captured-event.ts'
import type { RecordedCall } from '../../../src/store/recorded-call.ts'
import { applyMessages, type LogMessage, MAX_EVENTS } from '../model/event-log.ts'
import { announceArrivals } from './announce.ts'
import { getJson } from './api.ts'
import { renewCalls, takeCall } from './calls.ts'
import { events, hasLoaded } from './events.ts'
import { liveList } from './live-list.ts'
import { followStream, type News } from './stream.ts'

export const connection = signal<'connecting' | 'live' | 'lost'>('connecting')

const log = liveList<CapturedEvent, LogMessage>({
  list: events,
  max: MAX_EVENTS,
  load: async () => (await getJson<{ events: readonly CapturedEvent[] }>('/__capi/events')).events,
  apply(kept, messages) {
    const before = kept.at(-1)?.id ?? 0
    announceArrivals(
      messages.filter((message) => message.type === 'capi' && message.event.id > before).length,
    )
    return applyMessages(kept, messages)
  },
})

/**
 * Follows the emulator. The stream resumes by itself, but it cannot tell of a clearing or a new status that
 * was missed, nor of a restart; so each time it opens, what is kept is read from scratch.
 */
export function connect(): void {
  followStream(take)
  // A page that comes back from the browser's memory has missed what came meanwhile.
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) void read()
  })
}

function take(news: News): void {
  switch (news.kind) {
    case 'here':
      if (connection.peek() !== 'live') void read()
      return
    case 'open':
      void read()
      return
    case 'lost':
      connection.value = 'lost'
      return
    case 'clear':
      clear(JSON.parse(news.data) as { readonly pixel_id?: string })
      return
    case 'call':
      takeCall(JSON.parse(news.data) as RecordedCall)
      return
    default:
      log.take({ type: news.kind, event: JSON.parse(news.data) as CapturedEvent })
  }
}

/** All events and calls are forgotten, or those of a dataset. */
function clear({ pixel_id }: { readonly pixel_id?: string }): void {
  takeCall({ cleared: pixel_id })
  if (pixel_id === undefined) log.restart({ type: 'clear' })
  else log.take({ type: 'clear', pixel_id })
}

async function read(): Promise<void> {
  renewCalls()
  if (!(await log.read())) return
  hasLoaded.value = true
  connection.value = 'live'
}
