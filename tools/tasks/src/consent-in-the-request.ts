import { type CapiMiddlewareOptions, capiMiddleware } from '@capi/express'
import express, { type Express } from 'express'

/** The banner's cookie decides; without an answer nothing is sent. */
export function shop(options: CapiMiddlewareOptions): Express {
  const app = express()
  app.use(
    capiMiddleware({
      ...options,
      consent: (req) => {
        const answer = req.headers['x-consent']
        if (answer === undefined) return undefined
        return answer === 'yes' ? 'granted' : 'denied'
      },
    }),
  )
  app.post('/newsletter', async (req, res) => {
    res.json(await req.capi.track('Lead', {}, { user_data: { em: 'anna.muster@example.com' } }))
  })
  app.post('/consent', async (req, res) => {
    const held = await req.capi.track('Contact')
    req.capi.setConsent('granted')
    res.json(held)
  })
  return app
}
