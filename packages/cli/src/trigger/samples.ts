/** One visit's events, without what differs each time. */
interface Step {
  readonly event_name: string
  readonly custom_data?: Readonly<Record<string, unknown>>
  /** The Pixel sends it too. */
  readonly isPaired?: true
}

const MUGS = {
  value: 49.9,
  currency: 'EUR',
  content_type: 'product',
  contents: [{ id: 'mug-1', quantity: 2, item_price: 24.95 }],
}
const CART = { ...MUGS, content_ids: ['mug-1'] }

/** By the name that `capi trigger` takes. */
export const SAMPLES: Readonly<Record<string, readonly Step[]>> = {
  purchase: [{ event_name: 'Purchase', custom_data: CART }],
  lead: [{ event_name: 'Lead' }],
  pair: [{ event_name: 'Purchase', custom_data: CART, isPaired: true }],
  funnel: [
    { event_name: 'PageView', isPaired: true },
    { event_name: 'ViewContent', custom_data: CART, isPaired: true },
    { event_name: 'AddToCart', custom_data: CART, isPaired: true },
    { event_name: 'InitiateCheckout', custom_data: CART, isPaired: true },
    { event_name: 'Purchase', custom_data: CART, isPaired: true },
  ],
}
