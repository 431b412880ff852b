import { Hono } from 'hono'
import { parseFilter } from '../store/event-filter.ts'
import { readEvents, writeEvents } from '../store/ndjson.ts'
import { waitForEvent } from '../store/wait-for-event.ts'
import { version } from '../version.ts'
import type { ControlContext } from './control-context.ts'
import { eventStream } from './event-stream.ts'

const MAX_WAIT_MS = 60_000

const NDJSON = 'application/x-ndjson; charset=utf-8'

/** The kept events: read, awaited, watched, carried off and brought back. */
export function eventRoutes({ store }: ControlContext): Hono {
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

  app.get('/__capi/events/:id', (c) => {
    const event = store.get(Number(c.req.param('id')))
    return event
      ? c.json(event)
      : c.json({ error: { message: 'No event with this id is kept.' } }, 404)
  })

  app.get('/__capi/wait', async (c) => {
    const asked = Number(c.req.query('timeoutMs') ?? 2000)
    if (!(asked >= 0)) {
      return c.json({ error: { message: 'timeoutMs must be a number of milliseconds.' } }, 400)
    }
    try {
      const filter = parseFilter(c.req.query())
      const { signal } = c.req.raw
      return c.json(await waitForEvent(store, filter, Math.min(asked, MAX_WAIT_MS), signal))
    } catch (error) {
      return c.json({ error: { message: error instanceof Error ? error.message : '' } }, 408)
    }
  })

  app.get('/__capi/export.ndjson', (c) => {
    const disposition = 'attachment; filename="capi-events.ndjson"'
    return c.body(writeEvents(store.list()), 200, {
      'content-type': NDJSON,
      'content-disposition': disposition,
      'cache-control': 'no-store',
    })
  })

  app.post('/__capi/import', async (c) => {
    const { events, refused } = readEvents(await c.req.text())
    store.restore(events)
    return c.json({ imported: events.length, refused })
  })

  app.get('/__capi/health', (c) => c.json({ status: 'ok', version, events: store.size() }))

  return app
}
