import { capi } from '@capi/web/hono'
import { Hono } from 'hono'

const app = new Hono()
app.use(capi())
app.post('/orders', async (c) => {
  const { event_id } = await c
    .get('capi')
    .track(
      'Purchase',
      { value: 12.5, currency: 'EUR' },
      { user_data: { em: 'anna.muster@example.com', ph: '+41 79 123 45 67' } },
    )
  return c.json({ event_id })
})

export const worker = { fetch: app.fetch }
