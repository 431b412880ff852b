import { type CapiMiddlewareOptions, capiMiddleware } from '@capi/express'
import express from 'express'

declare global {
  namespace Express {
    interface Request {
      /** Set by a login library. */
      user?: { id: number; email: string | null }
    }
  }
}

/** Who is logged in is said once, for all routes. */
export function shop(options: CapiMiddlewareOptions) {
  const app = express()
  app.use((req, _res, next) => {
    if (req.headers.authorization !== undefined)
      req.user = { id: 7, email: 'anna.muster@example.com' }
    next()
  })
  app.use(
    capiMiddleware({
      ...options,
      user: (req) => req.user && { external_id: req.user.id, em: req.user.email },
    }),
  )
  app.post('/wishes', async (req, res) => {
    res.json(await req.capi.track('AddToWishlist', { content_ids: ['mug'] }))
  })
  return app
}
