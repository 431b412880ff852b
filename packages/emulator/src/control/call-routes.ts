import { Hono } from 'hono'
import { parseCallFilter } from '../store/call-filter.ts'
import type { ControlContext } from './control-context.ts'

/** The kept calls: listed, and one by one. */
export function callRoutes({ store }: ControlContext): Hono {
  const app = new Hono()

  app.get('/__capi/calls', (c) =>
    c.json({ calls: store.calls.list(parseCallFilter(c.req.query())) }),
  )

  app.get('/__capi/calls/:id', (c) => {
    const call = store.calls.get(Number(c.req.param('id')))
    return call
      ? c.json(call)
      : c.json({ error: { message: 'No call with this id is kept.' } }, 404)
  })

  return app
}
