import type { CapturedEvent } from '../store/captured-event.ts'
import type { EventStore } from '../store/event-store.ts'
import type { RecordedCall } from '../store/recorded-call.ts'

/** Keeps proxies and browsers from taking a quiet stream for a dead one. */
const HEARTBEAT_MS = 15_000

/**
 * The events from now on, as server-sent events. With `lastId`, those kept since that one come
 * first; an id from before a restart of the emulator brings all.
 */
export function eventStream(store: EventStore, lastId: number | undefined): Response {
  let end = () => {}

  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const encoder = new TextEncoder()
      const send = (text: string) => controller.enqueue(encoder.encode(`${text}\n\n`))
      const sendEvent = (event: CapturedEvent) =>
        send(`id: ${event.id}\nevent: capi\ndata: ${JSON.stringify(event)}`)
      // Without an id: the client goes on from the last new event.
      const sendUpdate = (event: CapturedEvent) =>
        send(`event: update\ndata: ${JSON.stringify(event)}`)

      const sendCall = (call: RecordedCall) => send(`event: call\ndata: ${JSON.stringify(call)}`)

      send(': open')
      const kept = missed(store, lastId)
      for (const event of kept) sendEvent(event)
      for (const event of changedBy(store, kept)) sendUpdate(event)
      const heartbeat = setInterval(() => send(': alive'), HEARTBEAT_MS)
      heartbeat.unref()
      const unsubscribe = store.subscribe((message) => {
        if (message.type === 'event') return sendEvent(message.event)
        if (message.type === 'update') return sendUpdate(message.event)
        if (message.type === 'call') return sendCall(message.call)
        if (message.type === 'clear') {
          const { pixel_id } = message
          return send(`event: clear\ndata: ${JSON.stringify({ pixel_id })}`)
        }
        end()
        controller.close()
      })
      end = () => {
        clearInterval(heartbeat)
        unsubscribe()
      }
    },
    cancel: () => end(),
  })

  return new Response(body, {
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' },
  })
}

function missed(store: EventStore, lastId: number | undefined): readonly CapturedEvent[] {
  if (lastId === undefined) return []
  const kept = store.list()
  const isStale = lastId > (kept.at(-1)?.id ?? lastId)
  return isStale ? kept : kept.filter((event) => event.id > lastId)
}

/** Events the client knows that have become duplicates of events it does not. */
function changedBy(store: EventStore, missed: readonly CapturedEvent[]): readonly CapturedEvent[] {
  const [first] = missed
  if (first === undefined) return []
  return store
    .list({ status: 'deduplicated' })
    .filter(({ id, duplicate_of = 0 }) => id < first.id && duplicate_of >= first.id)
}
