import { type Context, Hono } from 'hono'
import { EmulatorError } from '../emulator-error.ts'
import { knownOptions } from '../known-options.ts'
import { WAIT_OPTIONS } from '../option-tables.ts'
import type { WaitOptions } from '../options.ts'
import { DATASET_KEYS } from '../store/dataset-filter.ts'
import { type AnyFilter, checkFilter } from '../store/event-filter.ts'
import { readEvents, writeEvents } from '../store/ndjson.ts'
import { MAX_WAIT_MS, waitForEvent } from '../store/wait-for-event.ts'
import { version } from '../version.ts'
import type { ControlContext } from './control-context.ts'
import { eventStream } from './event-stream.ts'
import { newest } from './newest.ts'
import { readBody, readFilterQuery, readQuery, readWhole } from './read-request.ts'
import { sendJson } from './send-json.ts'

const DEFAULT_WAIT_MS = 2_000

const NDJSON = 'application/x-ndjson; charset=utf-8'

/** The kept events: read, awaited, watched, carried off and brought back. */
export function eventRoutes({ store }: ControlContext): Hono {
  const app = new Hono()

  app.get('/__capi/events', async (c) => {
    const { filter, rest } = readFilterQuery(c, ['limit'])
    await store.settled()
    return sendJson({ events: newest(store.list(filter), rest.limit) })
  })

  app.delete('/__capi/events', (c) => {
    store.clear(readQuery(c, DATASET_KEYS))
    return c.body(null, 204)
  })

  app.get('/__capi/events/stream', (c) => {
    readQuery(c)
    const lastId = Number.parseInt(c.req.header('last-event-id') ?? '', 10)
    return eventStream(store, Number.isNaN(lastId) ? undefined : lastId)
  })

  app.get('/__capi/events/:id', (c) => {
    readQuery(c)
    const event = store.get(Number(c.req.param('id')))
    return event
      ? c.json(event)
      : c.json({ error: { message: 'No event with this id is kept.' } }, 404)
  })

  const wait = async (c: Context, filter: AnyFilter, { timeoutMs, after }: WaitOptions) => {
    const options = { timeoutMs: timeoutMs ?? DEFAULT_WAIT_MS, after, signal: c.req.raw.signal }
    if (options.timeoutMs > MAX_WAIT_MS) {
      const message = `timeoutMs must be at most ${MAX_WAIT_MS}; ask again to wait longer.`
      throw new EmulatorError('option_invalid', message)
    }
    try {
      return c.json(await waitForEvent(store, filter, options))
    } catch (error) {
      if (!EmulatorError.is(error)) throw error
      return c.json({ error: { message: error.message, code: error.code } }, 408)
    }
  }

  app.get('/__capi/wait', (c) => {
    const { filter, rest } = readFilterQuery(c, ['timeoutMs', 'after'])
    const { timeoutMs, after } = rest
    return wait(c, filter, {
      ...(timeoutMs !== undefined && { timeoutMs: readWhole(timeoutMs, 'timeoutMs', MAX_WAIT_MS) }),
      ...(after !== undefined && { after: readWhole(after, 'after', Number.MAX_SAFE_INTEGER) }),
    })
  })

  app.post('/__capi/wait', async (c) => {
    readQuery(c)
    const { filter = {}, ...options } = await readBody(c, ['filter', 'timeoutMs', 'after'])
    const by = 'POST /__capi/wait'
    checkFilter(filter as AnyFilter, by)
    return wait(c, filter as AnyFilter, knownOptions(options as WaitOptions, WAIT_OPTIONS, by))
  })

  app.get('/__capi/export.ndjson', (c) => {
    const disposition = 'attachment; filename="capi-events.ndjson"'
    return c.body(writeEvents(store.list(readQuery(c, DATASET_KEYS))), 200, {
      'content-type': NDJSON,
      'content-disposition': disposition,
      'cache-control': 'no-store',
    })
  })

  app.post('/__capi/import', async (c) => {
    readQuery(c)
    const { events, refused } = readEvents(await c.req.text())
    store.restore(events)
    return c.json({ imported: events.length, refused })
  })

  app.get('/__capi/health', (c) => {
    readQuery(c)
    return c.json({ status: 'ok', version, events: store.size() })
  })

  return app
}
