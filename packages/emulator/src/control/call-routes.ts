import { Hono } from 'hono'
import { CALL_KEYS, checkCallFilter } from '../store/call-filter.ts'
import type { ControlContext } from './control-context.ts'
import { newest } from './newest.ts'
import { readQuery } from './read-request.ts'
import { sendJson } from './send-json.ts'

/** The kept calls: listed, and one by one. */
export function callRoutes({ store }: ControlContext): Hono {
  const app = new Hono()

  app.get('/__capi/calls', (c) => {
    const { limit, ...query } = readQuery(c, [...CALL_KEYS, 'limit'])
    const filter = checkCallFilter(query, 'GET /__capi/calls')
    return sendJson({ calls: newest(store.calls.list(filter), limit) })
  })

  app.get('/__capi/calls/:id', (c) => {
    readQuery(c)
    const call = store.calls.get(Number(c.req.param('id')))
    return call
      ? c.json(call)
      : c.json({ error: { message: 'No call with this id is kept.' } }, 404)
  })

  return app
}
