import { type CapiMiddlewareOptions, capiMiddleware } from '@capi/express'
import express, { type Express } from 'express'

/** Each page is reported by the server and by the page's Pixel, under one id. */
export function site(options: CapiMiddlewareOptions): Express {
  const app = express()
  app.use(capiMiddleware({ ...options, autoPageView: true }))
  app.get('/', (req, res) => {
    res.send(`<script>fbq('track', 'PageView', {}, { eventID: '${req.capi.pageViewId}' })</script>`)
  })
  return app
}
