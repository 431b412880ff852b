import { CapiConfigError } from '@capi/core'
import type { RequestCapi } from '@capi/core/adapter'

declare global {
  namespace Express {
    interface Request {
      /** Sends events to Meta with what this request knows of its visitor. Set by `capiMiddleware`. */
      capi: RequestCapi
    }
  }
}

/** The ESM and the CJS copy of this package may meet on one request. */
const ATTACHED = Symbol.for('@capi/express.request')

interface Attached {
  [ATTACHED]?: { readonly tracker: RequestCapi }
}

/** On a request that the middleware did not see, undefined. */
const CAPI: PropertyDescriptor & ThisType<Attached> = {
  get() {
    return this[ATTACHED]?.tracker
  },
  configurable: true,
  enumerable: false,
}

export function isAttached(req: object): boolean {
  return ATTACHED in req
}

/**
 * Puts a `capi` on the request that is made when it is first used: a route that never tracks pays for this alone. Express
 * means `app.request` to be extended: there the getter is defined once for all requests of the application.
 */
export function attachCapi(req: object, visit: { readonly tracker: RequestCapi }): void {
  ;(req as Attached)[ATTACHED] = visit
  if ('capi' in req) return
  const prototype: unknown = Object.getPrototypeOf(req)
  const isApplications =
    typeof prototype === 'object' && prototype !== null && Object.hasOwn(prototype, 'app')
  Object.defineProperty(isApplications ? prototype : req, 'capi', CAPI)
}

/**
 * The request's tracker, with an error that explains itself when there is none.
 * @throws CapiConfigError (`config_invalid`) when `capiMiddleware` did not run for this request.
 * @example
 * await getCapi(req).track('Lead', {}, { user_data: { em } })
 */
export function getCapi(req: object): RequestCapi {
  const capi = (req as Attached | undefined)?.[ATTACHED]?.tracker
  if (capi !== undefined) return capi
  throw new CapiConfigError(
    'config_invalid',
    '@capi/express: this request has no tracker. Mount the middleware before the routes: app.use(capiMiddleware()). ' +
      'If it is mounted, it stands behind the route that was called, or on another router.',
  )
}
