import { createHmac } from 'node:crypto'

/** What a reader does once the first snippet of a README runs. */
export interface Reading {
  /** To the server it starts, if it starts one. */
  readonly request?: { readonly path: string; readonly init: RequestInit }
  /** Whether it stands in an application that goes on running, until SIGTERM. */
  readonly livesOn?: boolean
  /** The event that must then be at the emulator; `none`: the snippet judges itself. */
  readonly event: 'Purchase' | 'none'
  /** Values that must not be in the event, for they are a person's. */
  readonly raw: RegExp
}

const ANNA = /anna\.muster/i
const ORDER = JSON.stringify({
  id: 1001,
  created_at: new Date().toISOString(),
  financial_status: 'paid',
  source_name: 'web',
  currency: 'CHF',
  email: 'Anna.Muster@example.com',
  order_status_url: 'https://shop.example/orders/a-key',
  total_price_set: { shop_money: { amount: '57.90', currency_code: 'CHF' } },
  client_details: { browser_ip: '203.0.113.7', user_agent: 'Mozilla/5.0 Test' },
})

/** As Shopify signs it, with the secret that the snippet falls back to. */
const DELIVERY: RequestInit = {
  method: 'POST',
  headers: {
    'Content-Type': 'application/json',
    'X-Shopify-Topic': 'orders/create',
    'X-Shopify-Shop-Domain': 'kobalt.myshopify.com',
    'X-Shopify-API-Version': '2026-07',
    'X-Shopify-Webhook-Id': 'delivery-1',
    'X-Shopify-Event-Id': 'event-1',
    'X-Shopify-Triggered-At': new Date().toISOString(),
    'X-Shopify-Hmac-Sha256': createHmac('sha256', 'secret').update(ORDER).digest('base64'),
  },
  body: ORDER,
}

const BY_ITSELF: Reading = { event: 'Purchase', raw: ANNA }
const post = (path: string, init: RequestInit = { method: 'POST' }): Reading => ({
  request: { path, init },
  event: 'Purchase',
  raw: ANNA,
})

const READINGS: Readonly<Record<string, Reading>> = {
  '@capi': post('/checkout'),
  '@capi/express': post('/checkout'),
  '@capi/nest': post('/orders'),
  '@capi/shopify': post('/webhooks', DELIVERY),
  '@capi/sqlite': { ...BY_ITSELF, livesOn: true },
  '@capi/emulator': { event: 'none', raw: ANNA },
}

/** How a package's README is read: unless said here, its snippet ends by itself, and one Purchase arrives. */
export function readingOf(name: string): Reading {
  return READINGS[name] ?? BY_ITSELF
}

/** Snippets that need what npm cannot install: counted as skipped, with this reason. */
export const NEEDS_A_SERVER: Readonly<Record<string, string>> = {
  '@capi/pg-boss': 'needs a PostgreSQL server',
  '@capi/bullmq': 'needs a Redis server',
}

/** The first `ts` block, as tools/check-snippets.ts finds them. */
export function firstSnippet(readme: string): string {
  const [, code] = /^```ts\n(.*?)^```$/ms.exec(readme) ?? []
  if (code === undefined) throw new Error('The README has no ```ts block.')
  return code
}
