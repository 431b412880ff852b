import type { Capi, SavedContext } from '@capi/core'
import { type CapiMiddlewareOptions, capiMiddleware } from '@capi/express'
import express, { type Express } from 'express'

interface Job {
  readonly orderId: number
  readonly context: SavedContext
}

/** The route leaves a job, which knows the visitor. */
export function shop(options: CapiMiddlewareOptions, queue: string[]): Express {
  const app = express()
  app.use(capiMiddleware(options))
  app.post('/order', (req, res) => {
    const job: Job = { orderId: 1001, context: req.capi.context }
    queue.push(JSON.stringify(job))
    res.sendStatus(202)
  })
  return app
}

/** The worker, in another process. */
export async function work(capi: Capi, message: string) {
  const job: Job = JSON.parse(message)
  return await capi
    .with(job.context)
    .track('Purchase', { value: 12.5, currency: 'EUR' }, { event_id: `order.${job.orderId}` })
}
