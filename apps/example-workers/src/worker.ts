import { script } from '@capi/browser/script'
import { type EventQueue, queueConsumer, queueOutbox } from '@capi/web/cloudflare'
import { capi, capiCollector } from '@capi/web/hono'
import { Hono } from 'hono'
import { orderPage, productPage, shopPage } from './pages.ts'
import { findProduct, saleOf } from './products.ts'

interface Env {
  /** The queue that keeps events until Meta has them: see wrangler.jsonc. */
  readonly EVENTS: EventQueue
  readonly META_PIXEL_ID: string
  /** Where the page loads Meta's Pixel from; the emulator's in development. */
  readonly PIXEL_URL?: string
  /** Whose pages may send events: where the shop is. */
  readonly SITE_URL: string
}

const app = new Hono<{ Bindings: Env }>()

// ── Every request below has c.get('capi') ──────────────────────────────────────────────────────────
app.use(capi({ outbox: ({ EVENTS }: Env) => queueOutbox(EVENTS), autoPageView: true }))

let collector: ReturnType<typeof capiCollector> | undefined
app.use('/events/*', (c, next) => {
  const allowedOrigins = [c.env.SITE_URL]
  collector ??= capiCollector({ allowedOrigins, events: ['PageView', 'AddToCart'], script })
  return collector(c, next)
})

app.get('/', (c) => c.html(shopPage(pixelOf(c.env, c.get('capi').pageViewId))))

app.get('/products/:id', (c) => {
  const product = findProduct(c.req.param('id'))
  if (product === undefined) return c.notFound()
  return c.html(productPage(product, pixelOf(c.env, c.get('capi').pageViewId)))
})

app.post('/checkout', async (c) => {
  const form = await c.req.formData()
  const product = findProduct(fieldOf(form, 'product'))
  if (product === undefined) return c.notFound()
  const order = crypto.randomUUID()
  // The answer waits until the queue has the event, and never for Meta.
  await c.get('capi').track('Purchase', saleOf(product), {
    event_id: c.get('capi').eventId('order', order),
    user_data: { em: fieldOf(form, 'email') },
  })
  return c.redirect(`/orders/${order}?product=${product.id}`, 303)
})

app.get('/orders/:order', (c) => {
  const product = findProduct(c.req.query('product') ?? '')
  if (product === undefined) return c.notFound()
  // The same id as the server's Purchase: Meta counts one sale.
  const event_id = c.get('capi').eventId('order', c.req.param('order'))
  return c.html(orderPage(product, event_id, pixelOf(c.env, c.get('capi').pageViewId)))
})

function pixelOf({ META_PIXEL_ID, PIXEL_URL }: Env, pageViewId: string) {
  return { pixelId: META_PIXEL_ID, pixelUrl: PIXEL_URL, pageViewId }
}

function fieldOf(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}

export default { fetch: app.fetch, queue: queueConsumer() }
