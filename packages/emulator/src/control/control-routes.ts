import { Hono } from 'hono'
import { parseFilter } from '../store/event-filter.ts'
import type { EventStore } from '../store/event-store.ts'
import { version } from '../version.ts'
import { eventStream } from './event-stream.ts'

/** What tests and the page use. No CORS: other sites must not read the events. */
export function controlRoutes(store: EventStore): Hono {
  const app = new Hono()

  app.get('/__capi/events', (c) => c.json({ events: store.list(parseFilter(c.req.query())) }))

  app.delete('/__capi/events', (c) => {
    store.clear()
    return c.body(null, 204)
  })

  app.get('/__capi/events/stream', (c) => {
    const lastId = Number.parseInt(c.req.header('last-event-id') ?? '', 10)
    return eventStream(store, Number.isNaN(lastId) ? undefined : lastId)
  })

  app.get('/__capi/health', (c) => c.json({ status: 'ok', version, events: store.list().length }))

  return app
}
