/**
 * A Web Pixel that tells your server which browser a checkout belongs to. With a `pixelId` it sends the browser's events to Meta, with a
 * `collector` your server sends a copy of each under the same event_id: Meta counts one. The copy of Purchase is the webhook's.
 *
 * Copy it to extensions/<name>/src/index.js of your Shopify app, and add @capi/browser to the extension's package.json. Settings, text fields in shopify.extension.toml, which
 * webPixelSettings() of @capi/shopify fills:
 *   endpoint   where identityEndpoint() listens, for example https://app.example/capi/identity
 *   collector  optional; where pixelCollector() listens, for example https://app.example/capi/events
 *   pixelId    optional; leave it out where another pixel of this dataset runs already
 *   pixelUrl   optional; the emulator's /tr in development
 *   rules      optional; how the server reads orders, as JSON
 *
 * It runs in a worker without a page: cookies come through `browser`, and consent from `customerPrivacy`.
 */
import { clickCookies, clickOf } from '@capi/browser/click-ids'
import { register } from '@shopify/web-pixels-extension'

/** Paths without a person's token; of any other page, only the origin is sent. */
const OPEN_PATH = /^(\/[a-z]{2}(-[a-z]{2})?)?\/((products|collections|pages|blogs|search)(\/|$)|$)/i
/** Currencies whose smallest coin is not a hundredth, as @capi/core has them. Source: ISO 4217, read 2026-11. */
const WHOLE = /BIF|CLP|DJF|GNF|ISK|JPY|KMF|KRW|PYG|RWF|UGX|VND|VUV|XAF|XOF|XPF/
const THOUSANDTHS = /BHD|IQD|JOD|KWD|LYD|OMR|TND/
/** Payments that come later: the order is pending, and its Purchase the server's. */
const PAID_LATER = ['deferred', 'manualPayment', 'paymentOnDelivery']

const digitsOf = (id) => /\d{1,20}$/.exec(id ?? '')?.[0]
/** How many of its smallest coins a unit of the currency has. */
const coinsOf = (currency) =>
  10 ** (WHOLE.test(currency) ? 0 : 2 + Number(THOUSANDTHS.test(currency)))
/** Shopify's subfolders of a market name its country: /de-at/products. */
const marketOf = ({ pathname }) => /^\/[a-z]{2}-([a-z]{2})(\/|$)/i.exec(pathname)?.[1]
const sumOf = (numbers) => numbers.reduce((sum, number) => sum + number, 0)

register(({ analytics, browser, customerPrivacy, init, settings }) => {
  const { myshopifyDomain, paymentSettings } = init.data.shop
  const rules = parse(settings.rules)
  const word = rules.contentId === undefined ? 'variant' : rules.contentId
  let privacy = init.customerPrivacy
  /** The checkout under way, to be told of again when the shopper's answer changes. */
  let current

  const consent = () => {
    if (!privacy.marketingAllowed) return 'denied'
    return privacy.saleOfDataAllowed ? 'granted' : 'ldu'
  }

  /** The id that the cookie has, or has from now on. */
  const keep = async (name, page, payload) => {
    let id = await browser.cookie.get(name)
    for (const cookie of clickCookies(id, payload, page)) {
      id = cookie.split(';')[0]
      await browser.cookie.set(`${name}=${cookie}`)
      if ((await browser.cookie.get(name)) === id) break
    }
    return id
  }

  /** What Meta's Pixel left behind, or would have; a click is read from the landing page's address. */
  const readIds = async (href) => {
    const page = new URL(href)
    const fbp = await keep('_fbp', page, settings.pixelId && Math.floor(Math.random() * 2 ** 31))
    return { fbp, fbc: await keep('_fbc', page, clickOf(page.search)) }
  }

  /** One after the other: two events of one page must not make two ids. */
  let ready = Promise.resolve()
  const browserIds = (href) => {
    ready = ready.catch(() => undefined).then(() => readIds(href))
    return ready
  }

  /** Text, so that no browser asks for permission first; nobody waits for the answer. */
  const post = (address, fields) =>
    fetch(`${address}?shop=${encodeURIComponent(myshopifyDomain)}`, {
      method: 'POST',
      mode: 'no-cors',
      keepalive: true,
      headers: { 'Content-Type': 'text/plain' },
      body: JSON.stringify(fields),
    })

  const toServer = ({ name, event_id, page, ids, data }) =>
    post(settings.collector, {
      event_name: name,
      event_id,
      event_source_url: page,
      custom_data: data,
      user_data: ids,
      ...(consent() === 'ldu' && {
        data_processing_options: ['LDU'],
        data_processing_options_country: 0,
        data_processing_options_state: 0,
      }),
    })

  const toMeta = ({ name, event_id, page, ids, data }) => {
    const fields = {
      id: settings.pixelId,
      ev: name,
      eid: event_id,
      dl: page,
      ts: Date.now(),
      ...ids,
      ...(consent() === 'ldu' && { dpo: 'LDU', dpoco: 0, dpost: 0 }),
    }
    for (const [key, value] of Object.entries(data))
      fields[`cd[${key}]`] = typeof value === 'object' ? JSON.stringify(value) : value
    const known = Object.entries(fields).filter(([, value]) => value !== undefined && value !== '')
    const address = settings.pixelUrl || 'https://www.facebook.com/tr'
    return fetch(`${address}?${new URLSearchParams(known)}`, { mode: 'no-cors', keepalive: true })
  }

  const tellIdentity = async ({ checkout, page, href }) => {
    const isAllowed = consent() !== 'denied'
    const ids = isAllowed ? await browserIds(href) : {}
    await post(settings.endpoint, {
      checkout_token: checkout.token,
      consent: consent(),
      ...(isAllowed && { page, ...ids }),
    })
    return ids
  }

  /** The catalogue's id of a variant, as contentIdOf of @capi/shopify makes it. */
  const contentId = (variant, country) => {
    const rule = typeof word === 'object' ? (word?.[country?.toUpperCase()] ?? word?.others) : word
    const [item, group] = [digitsOf(variant?.id), digitsOf(variant?.product?.id)]
    const ids = { variant: item, product: group, sku: variant?.sku?.trim() || undefined }
    if (!rule || rule in ids) return ids[rule]
    return group && item && `${rule}_${group}_${item}`
  }

  /** Lines of { variant, quantity, total } as fields; a total is in smallest coins, split so that the prices add up to it. */
  const contentFields = (lines, coins, country) => {
    const contents = lines.flatMap(({ variant, quantity, total }) => {
      const id = contentId(variant, country)
      if (id === undefined || !(quantity > 0)) return []
      if (total === undefined) return [{ id, quantity }]
      const [low, dearer] = [Math.floor(total / quantity), total % quantity]
      return [
        { id, quantity: quantity - dearer, item_price: low / coins },
        { id, quantity: dearer, item_price: (low + 1) / coins },
      ].filter((entry) => entry.quantity > 0)
    })
    if (contents.length === 0) return {}
    const content_type = (word.others ?? word) === 'product' ? 'product_group' : 'product'
    return { contents, content_ids: [...new Set(contents.map(({ id }) => id))], content_type }
  }

  /** One product, at what it costs. */
  const productFields = (variant, quantity, cost, page) => {
    const coins = coinsOf(cost.currencyCode)
    const line = { variant, quantity, total: Math.round(cost.amount * coins) }
    return {
      value: cost.amount,
      currency: cost.currencyCode,
      ...contentFields([line], coins, marketOf(page)),
    }
  }

  const checkoutFields = (checkout) => {
    const { lineItems = [], shippingAddress, billingAddress, localization, order } = checkout
    const currency = checkout.currencyCode ?? checkout.totalPrice?.currencyCode
    const coins = coinsOf(currency)
    const units = (money) => Math.round((money?.amount ?? Number.NaN) * coins)
    const subtotal = units(checkout.subtotalPrice)
    // The order of discounts on lines and on all of them is not documented: prices are sent where they add up.
    const totals = [
      (line) =>
        units(line.variant?.price) * line.quantity -
        sumOf((line.discountAllocations ?? []).map(({ amount }) => units(amount))),
      (line) => units(line.finalLinePrice),
    ]
      .map((read) => lineItems.map(read))
      .find((list) => sumOf(list) === subtotal)
    const lines = lineItems.map((line, at) => ({ ...line, total: totals?.[at] }))
    // An order without an address is of no market, as on the server.
    const country =
      (shippingAddress?.countryCode ?? billingAddress?.countryCode) ||
      (order ? undefined : localization?.country?.isoCode)
    const value = worthOf(checkout, units, subtotal)
    return {
      ...(value >= 0 && { value: value / coins, currency }),
      ...contentFields(lines, coins, country),
      num_items: sumOf(lines.map(({ quantity }) => quantity)),
    }
  }

  /** In smallest coins; NaN or undefined where the pixel cannot know what the server will say. */
  const worthOf = (checkout, units, subtotal) => {
    const rule = rules.value === undefined ? 'total' : rules.value
    const total = units(checkout.totalPrice)
    if (rule === 'subtotal') return subtotal
    if (rule === 'total' || rule === 'current_total') return total
    if (rule === null) return undefined
    const tax = units(checkout.totalTax)
    const options = checkout.delivery?.selectedDeliveryOptions ?? []
    const shipping = options.length
      ? sumOf(options.map(({ cost, costAfterDiscounts }) => units(costAfterDiscounts ?? cost)))
      : units(checkout.shippingLine?.price ?? { amount: 0 })
    const isIncluded = total === subtotal + shipping
    // With tips or duties, it is not known which.
    if (!isIncluded && total !== subtotal + shipping + tax) return undefined
    const isWith = { shipping: true, tax: true, ...rule }
    // The delivery's part of the tax is not known here.
    if (!isWith.shipping && shipping && tax && isIncluded !== isWith.tax) return undefined
    return total - (isWith.shipping ? 0 : shipping) - (isWith.tax ? 0 : tax)
  }

  const isServers = (checkout, { value, currency }) =>
    rules.purchase === 'server' ||
    value === undefined ||
    (rules.money !== 'presentment' && currency !== (paymentSettings?.currencyCode ?? currency)) ||
    (rules.pending !== 'purchase' &&
      (checkout.transactions ?? []).some(({ paymentMethod }) =>
        PAID_LATER.includes(paymentMethod?.type),
      ))

  // Both are made by @capi/shopify in the same way: checkoutEventId and purchaseEventId.
  const startedId = ({ token }) => token && `shopify.checkout.${token}`
  const completedId = (checkout) => {
    if (rules.eventId === 'checkout-token' && checkout.token) return startedId(checkout)
    return checkout.order?.id && `shopify.order.${String(checkout.order.id).replace(/^.*\//, '')}`
  }

  /** Of each event of Shopify's: Meta's name, its fields, and its id where the server has one of its own. */
  const EVENTS = {
    page_viewed: { name: 'PageView', fields: () => ({}) },
    product_viewed: {
      name: 'ViewContent',
      fields: ({ productVariant }, page) =>
        productFields(productVariant, 1, productVariant.price, page),
    },
    search_submitted: {
      name: 'Search',
      fields: ({ searchResult: { query, productVariants = [] } }, page) => {
        const lines = productVariants.slice(0, 10).map((variant) => ({ variant, quantity: 1 }))
        const { content_ids, content_type } = contentFields(lines, 1, marketOf(page))
        return { search_string: query, content_ids, content_type }
      },
    },
    product_added_to_cart: {
      name: 'AddToCart',
      fields: ({ cartLine: { merchandise, quantity, cost } }, page) =>
        productFields(merchandise, quantity, cost.totalAmount, page),
    },
    checkout_started: { name: 'InitiateCheckout', idOf: startedId },
    payment_info_submitted: { name: 'AddPaymentInfo' },
    checkout_completed: { name: 'Purchase', idOf: completedId, isServers },
  }

  for (const [event_of_shopify, { name, fields, idOf, isServers: leaves }] of Object.entries(
    EVENTS,
  ))
    analytics.subscribe(
      event_of_shopify,
      quietly(async ({ id, data, context }) => {
        const { href, origin, pathname = '' } = context.document.location
        const checkout = fields ? undefined : data.checkout
        const page = `${origin}${OPEN_PATH.test(pathname) ? pathname : '/'}`
        if (checkout) current = { checkout, page, href }
        const told = checkout && (await tellIdentity(current))
        if (consent() === 'denied') return
        const ids = told ?? (await browserIds(href))
        const event_id = idOf ? idOf(checkout) : id
        const custom = checkout ? checkoutFields(checkout) : fields(data, { pathname })
        if (!event_id || leaves?.(checkout, custom)) return
        const event = { name, event_id, page, ids, data: custom }
        await Promise.allSettled([
          settings.pixelId && toMeta(event),
          // A page must not report a sale: the webhook does.
          settings.collector && name !== 'Purchase' && toServer(event),
        ])
      }),
    )

  customerPrivacy.subscribe(
    'visitorConsentCollected',
    quietly(async (event) => {
      privacy = event.customerPrivacy
      if (current) await tellIdentity(current)
    }),
  )
})

/** Rules that cannot be read leave the sale to the server. */
function parse(text) {
  try {
    return JSON.parse(text || '{}')
  } catch {
    return { purchase: 'server' }
  }
}

/** A pixel must not cost an order: what fails, fails quietly. */
function quietly(work) {
  return (event) => work(event).catch(() => undefined)
}
