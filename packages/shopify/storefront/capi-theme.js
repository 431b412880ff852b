/**
 * A theme snippet that ties a cart to its browser: it writes fbp, fbc and the shopper's consent into cart attributes, which
 * orders bring along, and tells your server too, for checkouts that lose them.
 *
 * Copy it and dist/capi.js of @capi/browser to the theme's assets folder, and put these before </body> of layout/theme.liquid:
 *   <script src="{{ 'capi.js' | asset_url }}" defer></script>
 *   <script src="{{ 'capi-theme.js' | asset_url }}" defer data-endpoint="https://app.example/capi/identity"></script>
 * Without data-endpoint it writes the attributes only. It does nothing before the shopper's consent is known.
 */
;(() => {
  const { endpoint } = document.currentScript?.dataset ?? {}
  const { Shopify, capi } = window
  if (!capi)
    throw new Error('capi-theme.js needs capi.js of @capi/browser before it: no id is kept.')
  /** Keeps the ids of the visitor; the events are those of the Web Pixel. */
  const tracker = capi.createTracker({ endpoint: false, pixelId: false, consent: 'pending' })

  const cookie = (name) =>
    document.cookie
      .split('; ')
      .find((one) => one.startsWith(`${name}=`))
      ?.slice(name.length + 1)

  const consent = () => {
    const privacy = Shopify.customerPrivacy
    if (!privacy.marketingAllowed()) return 'denied'
    return privacy.saleOfDataAllowed() ? 'granted' : 'ldu'
  }

  const post = (address, type, body, options) =>
    fetch(address, {
      method: 'POST',
      keepalive: true,
      headers: { 'Content-Type': type },
      body: JSON.stringify(body),
      ...options,
    })

  const tell = async (token, known) => {
    const attributes = {
      __capi_fbp: known.fbp ?? '',
      __capi_fbc: known.fbc ?? '',
      __capi_consent: known.consent,
    }
    const root = Shopify.routes?.root ?? '/'
    await post(`${root}cart/update.js`, 'application/json', { attributes })
    if (!endpoint) return
    const address = `${endpoint}?shop=${encodeURIComponent(Shopify.shop)}`
    const page = `${window.location.origin}/`
    const isDenied = known.consent === 'denied'
    const fields = { cart_token: token, ...known, ...(!isDenied && { page }) }
    // Text, so that no browser asks for permission first; nobody waits for the answer.
    await post(address, 'text/plain', fields, { mode: 'no-cors' })
  }

  /** Once for each cart and each change. The attributes are private: what was written is remembered here. */
  const sync = async () => {
    try {
      const answer = consent()
      tracker.setConsent(answer)
      const response = await fetch(`${Shopify.routes?.root ?? '/'}cart.js`)
      const cart = await response.json()
      if (!cart.item_count) return
      const ids = answer === 'denied' ? {} : { fbp: cookie('_fbp'), fbc: cookie('_fbc') }
      const known = { consent: answer, ...ids }
      const state = JSON.stringify([cart.token, known])
      if (window.sessionStorage.getItem('capi') === state) return
      await tell(cart.token, known)
      window.sessionStorage.setItem('capi', state)
    } catch {
      // A pixel must not cost an order; the next page tries again.
    }
  }

  const start = (error) => {
    if (error) return
    void sync() // It catches what fails.
    document.addEventListener('visitorConsentCollected', () => void sync())
    // Carts that fill without a new page: seen by the request, whoever made it.
    const isAdding = ({ name }) => /\/cart\/add(\.js)?(\?|$)/.test(name)
    new PerformanceObserver((list) => {
      if (list.getEntries().some(isAdding)) void sync()
    }).observe({ type: 'resource' })
  }

  Shopify?.loadFeatures?.([{ name: 'consent-tracking-api', version: '0.1' }], start)
})()
