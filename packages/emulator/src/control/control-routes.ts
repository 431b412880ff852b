import { Hono } from 'hono'
import { callRoutes } from './call-routes.ts'
import type { ControlContext } from './control-context.ts'
import { eventRoutes } from './event-routes.ts'
import { reportRoutes } from './report-routes.ts'
import { sameOriginOnly } from './same-origin.ts'
import { settingRoutes } from './setting-routes.ts'

/** What tests and the page use. No CORS: other sites must not read the events. */
export function controlRoutes(context: ControlContext): Hono {
  return new Hono()
    .use('/__capi/*', sameOriginOnly)
    .route('/', callRoutes(context))
    .route('/', eventRoutes(context))
    .route('/', reportRoutes(context))
    .route('/', settingRoutes(context))
}
