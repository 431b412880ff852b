import { type CapiMiddlewareOptions, capiMiddleware } from '@capi/express'
import express, { type Express } from 'express'

/** A route reports its sale; the page's Pixel repeats the id. */
export function shop(options: CapiMiddlewareOptions): Express {
  const app = express()
  app.use(capiMiddleware(options))
  app.post('/checkout', async (req, res) => {
    const order = { id: 1001, total: '12.50', email: 'Anna.Muster@example.com', skus: ['mug'] }
    const { event_id } = await req.capi.track(
      'Purchase',
      { value: order.total, currency: 'EUR', order_id: order.id, content_ids: order.skus },
      { event_id: req.capi.eventId('order', order.id), user_data: { em: order.email } },
    )
    res.json({ eventID: event_id })
  })
  return app
}
