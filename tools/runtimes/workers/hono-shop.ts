import { memoryOutbox } from '@capi/core'
import { type EventQueue, queueConsumer, queueOutbox } from '@capi/web/cloudflare'
import { capi } from '@capi/web/hono'
import { type Context, Hono } from 'hono'

interface Env {
  /** Bound where events go through a queue. */
  readonly EVENTS?: EventQueue
}

const middleware = capi({
  retry: { baseDelayMs: 100 },
  outbox: ({ EVENTS }: Env) => (EVENTS === undefined ? memoryOutbox() : queueOutbox(EVENTS)),
})
const app = new Hono<{ Bindings: Env }>()
app.use(middleware)
app.get('/order/:id', async (c) => {
  const tracker = c.get('capi')
  const event_id = tracker.eventId('order', c.req.param('id'))
  const sale = { value: 12.5, currency: 'EUR' }
  const { outcome } = await tracker.track('Purchase', sale, {
    event_id,
    user_data: { em: 'anna@example.com' },
  })
  return c.json({ outcome })
})
/** Tracks when the response is gone. */
app.get('/late/:id', (c) => {
  const later = async () => {
    await new Promise((resolve) => setTimeout(resolve, 50))
    await order(c)
  }
  c.executionCtx.waitUntil(later())
  return c.text('ok')
})
app.get('/redirect', () => Response.redirect('https://shop.example/', 302))
app.get('/client', (c) => c.json(middleware.client))
app.onError((error, c) => c.json({ message: error.message }, 500))

async function order(c: Context): Promise<void> {
  await c.get('capi').track('Lead', {}, { event_id: `late.${c.req.param('id')}` })
}

/** What people write although it cannot work. */
const mistakes: Readonly<Record<string, (context: ExecutionContext) => unknown>> = {
  '/no-context': () => undefined,
  // oxlint-disable-next-line typescript/unbound-method -- the mistake itself
  '/unbound': ({ waitUntil }) => ({ waitUntil }),
}

interface ExecutionContext {
  waitUntil(work: Promise<unknown>): void
}

export default {
  fetch(request: Request, env: Env, context: ExecutionContext) {
    const { pathname, searchParams } = new URL(request.url)
    const mistake = mistakes[pathname]
    if (mistake === undefined) return app.fetch(request, env, context as never)
    const order = new Request(`https://shop.example/order/${searchParams.get('id')}`, request)
    return app.fetch(order, env, mistake(context) as never)
  },
  queue: queueConsumer({ retry: { baseDelayMs: 100 } }),
}
