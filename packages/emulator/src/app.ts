import { Hono } from 'hono'
import { pixelRoute } from './browser/pixel-route.ts'
import { controlRoutes } from './control/control-routes.ts'
import { eventsRoute } from './graph/events-route.ts'
import { graphError } from './graph/graph-error.ts'
import { pageRoutes } from './page/page-routes.ts'
import type { Rule } from './rules/rule.ts'
import type { EventStore } from './store/event-store.ts'

const UNKNOWN_PATH: Rule = {
  id: 'path_unknown',
  status: 404,
  code: 100,
  title: 'Unknown path',
  fix: 'The emulator answers POST /{version}/{dataset}/events and GET or POST /tr.',
}

/** Everything the emulator answers, without a server around it. */
export function createApp(store: EventStore, now: () => number): Hono {
  return new Hono()
    .route('/', pageRoutes())
    .route('/', controlRoutes(store))
    .route('/', pixelRoute(store))
    .route('/', eventsRoute(store, now))
    .notFound(() => graphError(UNKNOWN_PATH, { detail: 'Nothing answers this method and path.' }))
}
