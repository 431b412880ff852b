import { fileURLToPath } from 'node:url'
import { script } from '@capi/browser/script'
import { type Capi, eventIdFrom } from '@capi/core'
import { capiCollector, capiMiddleware } from '@capi/express'
import express, { type Express, type Request, type Response } from 'express'
import { cartLines, itemCount, setQuantity } from './cart.ts'
import { consentOf, keepConsent, ownPath } from './consent.ts'
import { formField, isEmail, parseCustomer } from './customer.ts'
import { goodsData } from './event-data.ts'
import { createOrders } from './orders.ts'
import { accountPage, loginPage } from './pages/account-page.ts'
import { cartPage } from './pages/cart-page.ts'
import { checkoutPage, demoCustomer } from './pages/checkout-page.ts'
import { homePage } from './pages/home-page.ts'
import { layout, type View } from './pages/layout.ts'
import { notFoundPage } from './pages/not-found-page.ts'
import { productPage } from './pages/product-page.ts'
import { thankYouPage } from './pages/thank-you-page.ts'
import type { PixelEvent, PixelOptions } from './pixel.ts'
import { findProduct } from './products.ts'
import { createSessions, type Session } from './sessions.ts'

export interface ShopOptions extends PixelOptions {
  readonly client: Capi
  /** Where pages of this shop come from, as browsers name it: `http://127.0.0.1:3000`. */
  readonly origins: readonly string[]
}

const PUBLIC = fileURLToPath(new URL('../public', import.meta.url))

export function createShop({ client, origins, ...pixel }: ShopOptions): Express {
  const app = express()
  const sessions = createSessions()
  const orders = createOrders()

  app.disable('x-powered-by')
  // Without this, the address that Meta gets is the reverse proxy's.
  app.set('trust proxy', 'loopback')
  app.use(express.static(PUBLIC))
  app.use(express.urlencoded({ extended: false }))
  app.get('/health', (_req, res) => void res.send('ok'))

  // ── Every request below has req.capi ──────────────────────────────────────────────────────────
  app.use(
    capiMiddleware({
      client,
      consent: consentOf,
      user: (req) => {
        const session = sessions.find(req)
        return session && { external_id: session.visitorId, em: session.email }
      },
    }),
  )
  app.use('/events', capiCollector({ allowedOrigins: origins, events: ['AddToWishlist'], script }))

  const linesOf = (req: Request) => cartLines(sessions.find(req)?.cart ?? new Map())

  const show = (req: Request, res: Response, view: View) => {
    res.set('Cache-Control', 'private, no-cache')
    res.send(
      layout(view, {
        cartCount: itemCount(linesOf(req)),
        pixel,
        consent: req.capi.consent,
        path: req.method === 'GET' ? req.originalUrl : '/',
        isLoggedIn: sessions.find(req)?.email !== undefined,
      }),
    )
  }

  /** For an event that ends in a redirect. What the server did not report, the Pixel does not either. */
  const repeatOnNextPage = (req: Request, session: Session, event: PixelEvent) => {
    if (req.capi.consent === 'granted') session.pixelEvents.push(event)
  }

  app.get('/', (req, res) => show(req, res, homePage()))

  app.post('/consent', (req, res) => {
    const choice = formField(req.body, 'choice') === 'granted' ? 'granted' : 'denied'
    keepConsent(res, choice)
    req.capi.setConsent(choice)
    res.redirect(303, ownPath(formField(req.body, 'back')))
  })

  app.get('/account', (req, res) => {
    const email = sessions.find(req)?.email
    show(req, res, email === undefined ? loginPage() : accountPage(email))
  })

  app.post('/account', async (req, res) => {
    const email = formField(req.body, 'email')
    if (!isEmail(email)) {
      const error = 'Please enter an e-mail address, like anna@example.com.'
      return show(req, res.status(422), loginPage({ email, error }))
    }
    const session = sessions.findOrStart(req, res)
    session.email = email
    req.capi.setUser({ external_id: session.visitorId, em: email })

    const { event_id } = await req.capi.track('CompleteRegistration')

    const pixelEvent = { event_name: 'CompleteRegistration', custom_data: {}, event_id }
    repeatOnNextPage(req, session, pixelEvent)
    res.redirect(303, '/cart')
  })

  app.post('/logout', (req, res) => {
    const session = sessions.find(req)
    if (session) session.email = undefined
    res.redirect(303, '/')
  })

  app.get('/products/:id', async (req, res, next) => {
    const product = findProduct(req.params.id)
    if (!product) return next()
    const custom_data = goodsData([{ product, quantity: 1 }])

    const { event_id } = await req.capi.track('ViewContent', custom_data)

    show(req, res, productPage(product, { event_name: 'ViewContent', custom_data, event_id }))
  })

  app.get('/cart', (req, res) => {
    const pixelEvents = sessions.find(req)?.pixelEvents.splice(0) ?? []
    show(req, res, cartPage(linesOf(req), pixelEvents))
  })

  app.post('/cart', async (req, res, next) => {
    const product = findProduct(formField(req.body, 'product'))
    if (!product) return next()
    const session = sessions.findOrStart(req, res)
    session.cart = setQuantity(session.cart, product.id, (session.cart.get(product.id) ?? 0) + 1)
    const custom_data = goodsData([{ product, quantity: 1 }])

    const { event_id } = await req.capi.track('AddToCart', custom_data)

    repeatOnNextPage(req, session, { event_name: 'AddToCart', custom_data, event_id })
    res.redirect(303, '/cart')
  })

  app.post('/cart/:id', (req, res) => {
    const session = sessions.find(req)
    const quantity = Number.parseInt(formField(req.body, 'quantity'), 10)
    if (session?.cart.has(req.params.id) && quantity >= 0) {
      session.cart = setQuantity(session.cart, req.params.id, quantity)
    }
    res.redirect(303, '/cart')
  })

  app.get('/checkout', async (req, res) => {
    const lines = linesOf(req)
    if (lines.length === 0) return res.redirect(303, '/cart')
    const custom_data = goodsData(lines)

    const { event_id } = await req.capi.track('InitiateCheckout', custom_data)

    const pixelEvent = { event_name: 'InitiateCheckout', custom_data, event_id }
    const email = sessions.find(req)?.email ?? demoCustomer.email
    const entered = { ...demoCustomer, email }
    show(req, res, checkoutPage(lines, { entered, pixelEvents: [pixelEvent] }))
  })

  app.post('/checkout', async (req, res) => {
    const session = sessions.find(req)
    const lines = linesOf(req)
    if (!session || lines.length === 0) {
      const placed = session?.lastOrderId
      return res.redirect(303, placed === undefined ? '/cart' : `/orders/${placed}`)
    }
    const form = parseCustomer(req.body)
    if (!form.ok) return show(req, res.status(422), checkoutPage(lines, form))

    const { consent } = req.capi
    const order = orders.place(session, { customer: form.customer, lines, consent })
    session.cart = new Map()
    session.lastOrderId = order.id

    await req.capi.track(
      'Purchase',
      { ...goodsData(lines), order_id: String(order.id) },
      {
        event_id: eventIdFrom('order', order.id),
        user_data: {
          em: order.customer.email,
          ph: order.customer.phone,
        },
      },
    )

    res.redirect(303, `/orders/${order.id}`)
  })

  app.get('/orders/:id', (req, res, next) => {
    const order = orders.find(sessions.find(req), Number(req.params.id))
    if (!order) return next()

    const event_id = eventIdFrom('order', order.id)
    const custom_data = { ...goodsData(order.lines), order_id: String(order.id) }
    const pixelEvent = { event_name: 'Purchase', custom_data, event_id }

    const isAllowedNow = req.capi.consent === 'granted'
    show(req, res, thankYouPage(order, pixelEvent, isAllowedNow ? pixel : {}))
  })

  app.use((req, res) => show(req, res.status(404), notFoundPage()))

  return app
}
