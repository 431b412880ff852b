import type { Capi, RequestContext, Tracker } from '@capi/core'

/** The tracker of one request. */
export interface RequestCapi extends Tracker {
  /** What the request knows of its visitor, as plain data: `capi.with(context)` works with it later, in a job. */
  readonly context: RequestContext['scope']
}

declare global {
  namespace Express {
    interface Request {
      /** Sends events to Meta with what this request knows of its visitor. Set by `capiMiddleware`. */
      capi: RequestCapi
    }
  }
}

const ATTACHED = Symbol.for('@capi/express.request')

export function isAttached(req: object): boolean {
  return ATTACHED in req
}

/** Puts a `capi` on the request that is made when it is first used: a route that never tracks pays nothing. */
export function attachCapi(
  req: object,
  client: Capi,
  read: () => RequestContext,
): { setCookies(): readonly string[] } {
  let known: RequestContext | undefined
  const context = () => {
    known ??= readSafely(read)
    return known
  }
  let capi: RequestCapi | undefined
  const attached = () => {
    const { scope } = context()
    capi ??= { ...client.with(scope), context: scope }
    return capi
  }
  Object.defineProperty(req, ATTACHED, { get: attached })
  Object.defineProperty(req, 'capi', { get: attached, configurable: true, enumerable: false })
  return { setCookies: () => context().setCookies }
}

/** A request that cannot be read still gets its tracker: a pixel must not cost an order. */
function readSafely(read: () => RequestContext): RequestContext {
  try {
    return read()
  } catch {
    return { scope: { action_source: 'website' }, setCookies: [] }
  }
}

/**
 * The request's tracker, with an error that explains itself when there is none.
 * @throws TypeError when `capiMiddleware` did not run for this request.
 */
export function getCapi(req: object): RequestCapi {
  const capi = (req as { [ATTACHED]?: RequestCapi })[ATTACHED]
  if (capi === undefined) {
    throw new TypeError(
      '@capi/express: this request has no tracker. Mount it first: app.use(capiMiddleware()).',
    )
  }
  return capi
}
