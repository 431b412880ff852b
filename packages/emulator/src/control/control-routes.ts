import { type Context, Hono } from 'hono'
import { EmulatorError } from '../emulator-error.ts'
import { nearestName } from '../nearest-name.ts'
import { callRoutes } from './call-routes.ts'
import type { ControlContext } from './control-context.ts'
import { eventRoutes } from './event-routes.ts'
import { reportRoutes } from './report-routes.ts'
import { sameOriginOnly } from './same-origin.ts'
import { settingRoutes } from './setting-routes.ts'

const PREFIX = '/__capi/'

/** What tests and the page use. No CORS: other sites must not read the events. */
export function controlRoutes(context: ControlContext): Hono {
  const app = new Hono()
    .use('/__capi/*', sameOriginOnly)
    .route('/', callRoutes(context))
    .route('/', eventRoutes(context))
    .route('/', reportRoutes(context))
    .route('/', settingRoutes(context))
  return app
    .all('/__capi/*', (c) => unknownPath(c, app))
    .onError((error, c) => {
      if (!EmulatorError.is(error)) throw error
      const { message, code, docsUrl } = error
      return c.json({ error: { message, code, docsUrl } }, 400)
    })
}

/** Nothing of Meta's: its error would name none of these paths. */
function unknownPath(c: Context, { routes }: Hono): Response {
  const own = routes.filter(({ method }) => method !== 'ALL')
  const { path, method } = c.req
  const allowed = own.filter((route) => fits(route.path, path)).map((route) => route.method)
  if (allowed.length > 0) {
    const message = `${path} takes ${allowed.join(', ')}, not ${method}.`
    return c.json({ error: { message } }, 405, { allow: allowed.join(', ') })
  }
  const paths = [...new Set(own.map((route) => route.path.replace(/:(\w+)/, '{$1}')))]
  const ends = paths.map((one) => one.slice(PREFIX.length))
  const meant = nearestName(path.slice(PREFIX.length), ends)
  const message = `There is no ${path.slice(0, 100)}${meant === undefined ? '.' : `, meant ${PREFIX}${meant}?`} Known: ${paths.join(', ')}.`
  return c.json({ error: { message } }, 404)
}

function fits(pattern: string, path: string): boolean {
  const wanted = pattern.split('/')
  const given = path.split('/')
  return (
    wanted.length === given.length &&
    wanted.every((part, at) => part.startsWith(':') || part === given[at])
  )
}
