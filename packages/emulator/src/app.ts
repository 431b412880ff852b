import { Hono } from 'hono'
import { pixelRoute } from './browser/pixel-route.ts'
import type { CallVariables } from './calls/call-draft.ts'
import { recordCalls } from './calls/record-calls.ts'
import { controlRoutes } from './control/control-routes.ts'
import { ConnectionFault } from './faults/connection-fault.ts'
import { eventsRoute } from './graph/events-route.ts'
import { gatewayRoute } from './graph/gateway-route.ts'
import type { GraphContext } from './graph/graph-context.ts'
import { graphError } from './graph/graph-error.ts'
import { readCall } from './graph/read-call.ts'
import { pageRoutes } from './page/page-routes.ts'
import { graphReportRoutes } from './reports/graph-report-routes.ts'
import { ROUTE_RULES } from './rules/route-rules.ts'

/**
 * Everything the emulator answers, without a server around it. Rejects with a ConnectionFault where
 * a fault leaves no answer.
 */
export function createApp(context: GraphContext): Hono<CallVariables> {
  return new Hono<CallVariables>()
    .use(recordCalls(context.store.calls, context.clock))
    .route('/', pageRoutes())
    .route('/', controlRoutes(context))
    .route('/', pixelRoute(context.store))
    .route('/', gatewayRoute(context))
    .route('/', eventsRoute(context))
    .route('/', graphReportRoutes(context.store))
    .notFound(async (c) => {
      // Read for the record: a wrong path is the first thing that goes wrong with a client written by hand.
      if (c.req.raw.body !== null) await readCall(c.req.raw, c.get('call'))
      return graphError(ROUTE_RULES.path_unknown, {
        detail: 'Nothing answers this method and path.',
      })
    })
    .onError((error) => {
      if (error instanceof ConnectionFault) throw error
      // A bug of ours: said on stderr, and never taken for an answer of Meta's.
      process.emitWarning(error)
      return new Response('The emulator failed; see its output.', { status: 500 })
    })
}
