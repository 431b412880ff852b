/**
 * A Web Pixel that tells your server which browser a checkout belongs to, and, with a `pixelId`, sends the browser's
 * copy of InitiateCheckout and Purchase under the same event_id as the server's: Meta counts one.
 *
 * Copy it to extensions/<name>/src/index.js of your Shopify app. Settings, in shopify.extension.toml:
 *   endpoint  where identityEndpoint() listens, for example https://app.example/capi/identity
 *   pixelId   optional; leave it out where another pixel of this dataset runs already
 *   pixelUrl  optional; the emulator's /tr in development
 *
 * It runs in a worker without a page: cookies come through `browser`, and consent from `customerPrivacy`.
 */
import { register } from '@shopify/web-pixels-extension'

const CLICK_DAYS = 90

register(({ analytics, browser, customerPrivacy, init, settings }) => {
  const shop = init.data.shop.myshopifyDomain
  let privacy = init.customerPrivacy
  /** The checkout under way, to be told of again when the shopper's answer changes. */
  let current

  const consent = () => {
    if (!privacy.marketingAllowed) return 'denied'
    return privacy.saleOfDataAllowed ? 'granted' : 'ldu'
  }

  /** What Meta's Pixel left behind; a click that it did not see is read from the landing page's address. */
  const browserIds = async (href) => {
    const fbp = await browser.cookie.get('_fbp')
    const cookie = await browser.cookie.get('_fbc')
    const fbclid = URL.canParse(href) ? new URL(href).searchParams.get('fbclid') : null
    // Anything else could write further attributes into the cookie.
    if (!/^[\w-]{1,500}$/.test(fbclid ?? '') || cookie?.endsWith(`.${fbclid}`))
      return { fbp, fbc: cookie }
    const fbc = `fb.1.${Date.now()}.${fbclid}`
    await browser.cookie.set(
      `_fbc=${fbc}; path=/; max-age=${CLICK_DAYS * 86_400}; SameSite=Lax; Secure`,
    )
    return { fbp, fbc }
  }

  /** Text, so that no browser asks for permission first; nobody waits for the answer. */
  const tellServer = (fields) =>
    fetch(`${settings.endpoint}?shop=${encodeURIComponent(shop)}`, {
      method: 'POST',
      mode: 'no-cors',
      keepalive: true,
      headers: { 'Content-Type': 'text/plain' },
      body: JSON.stringify(fields),
    })

  const tellMeta = ({ name, event_id, page, ids, checkout }) => {
    const lines = checkout.lineItems ?? []
    const items = lines.map(({ variant }) => variant?.id).filter(Boolean)
    const query = new URLSearchParams({
      id: settings.pixelId,
      ev: name,
      eid: event_id,
      dl: page,
      ts: String(Date.now()),
      'cd[value]': String(checkout.totalPrice?.amount ?? 0),
      'cd[currency]': checkout.currencyCode ?? '',
      'cd[content_type]': 'product',
      'cd[content_ids]': JSON.stringify(items),
      'cd[num_items]': String(lines.reduce((sum, { quantity }) => sum + quantity, 0)),
    })
    if (ids.fbp) query.set('fbp', ids.fbp)
    if (ids.fbc) query.set('fbc', ids.fbc)
    if (consent() === 'ldu') {
      query.set('dpo', 'LDU')
      query.set('dpoco', '0')
      query.set('dpost', '0')
    }
    return fetch(`${settings.pixelUrl ?? 'https://www.facebook.com/tr'}?${query}`, {
      mode: 'no-cors',
      keepalive: true,
    })
  }

  const tellIdentity = async ({ checkout, page, href }) => {
    const isAllowed = consent() !== 'denied'
    const ids = isAllowed ? await browserIds(href) : {}
    await tellServer({
      checkout_token: checkout.token,
      consent: consent(),
      ...(isAllowed && { page, ...ids }),
    })
    return ids
  }

  const onCheckout = (name, eventIdOf) =>
    quietly(async (event) => {
      const { checkout } = event.data
      const { href, origin } = event.context.document.location
      current = { checkout, page: `${origin}/`, href }
      const ids = await tellIdentity(current)
      const event_id = eventIdOf(checkout)
      if (consent() === 'denied' || !settings.pixelId || !event_id) return
      await tellMeta({ name, event_id, page: current.page, ids, checkout })
    })

  // Both are made by @capi/shopify in the same way: checkoutEventId and purchaseEventId.
  const startedId = ({ token }) => token && `shopify.checkout.${token}`
  const completedId = ({ order }) =>
    order?.id && `shopify.order.${String(order.id).replace(/^.*\//, '')}`

  analytics.subscribe(
    'page_viewed',
    quietly(async (event) => {
      if (consent() !== 'denied') await browserIds(event.context.document.location.href)
    }),
  )
  analytics.subscribe('checkout_started', onCheckout('InitiateCheckout', startedId))
  analytics.subscribe('checkout_completed', onCheckout('Purchase', completedId))
  customerPrivacy.subscribe(
    'visitorConsentCollected',
    quietly(async (event) => {
      privacy = event.customerPrivacy
      if (current) await tellIdentity(current)
    }),
  )
})

/** A pixel must not cost an order: what fails, fails quietly. */
function quietly(work) {
  return (event) => work(event).catch(() => undefined)
}
