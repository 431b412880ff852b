import { Hono } from 'hono'
import { eventsOf, judge } from '../rules/judge.ts'
import type { Rule } from '../rules/rule.ts'
import type { EventStore } from '../store/event-store.ts'
import { captureCall } from './capture-call.ts'
import { graphError, traceId } from './graph-error.ts'
import { readCall } from './read-call.ts'

/** Source: Meta, Marketing API > Versioning: unversioned calls are refused, read 2026-09. */
const UNVERSIONED: Rule = {
  id: 'version_missing',
  status: 400,
  code: 100,
  title: 'No API version',
  fix: 'Call /v26.0/{dataset}/events.',
}

/** The one edge of the Conversions API. Source: Meta, Using the API, read 2026-09. */
export function eventsRoute(store: EventStore, now: () => number): Hono {
  const app = new Hono()

  app.post('/:version{v[0-9]+\\.[0-9]+}/:pixel/events', async (c) => {
    const call = await readCall(c.req.raw)
    const refusal = judge(call, now())
    store.add(captureCall(c.req.param('pixel'), call, refusal))
    if (refusal) return graphError(refusal.rule, refusal.fault)
    return c.json({
      events_received: eventsOf(call).length,
      messages: [],
      fbtrace_id: traceId(),
    })
  })

  app.post('/:pixel{[^_][^/]*}/events', () =>
    graphError(UNVERSIONED, { detail: 'The path names no API version.' }),
  )

  return app
}
