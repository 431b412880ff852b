import { createHmac } from 'node:crypto'
import type { ServerKind } from './servers.ts'

/** What a reader does once the first snippet of a README runs. */
export interface Reading {
  /** To the server it starts, if it starts one. */
  readonly request?: { readonly path: string; readonly init: RequestInit }
  /** When it goes on running until SIGTERM: by itself, or for the server it stands in, which it then ends. */
  readonly livesOn?: 'by itself' | 'with a server'
  /** What it wants to find running. */
  readonly server?: ServerKind
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
  '@capi/fastify': post('/checkout'),
  '@capi/nest': post('/orders'),
  '@capi/shopify': post('/webhooks', DELIVERY),
  '@capi/sqlite': { ...BY_ITSELF, livesOn: 'with a server' },
  '@capi/postgres': { ...BY_ITSELF, livesOn: 'by itself', server: 'postgres' },
  '@capi/redis': { ...BY_ITSELF, livesOn: 'by itself', server: 'redis' },
  // On a server it does nothing.
  '@capi/browser': { event: 'none', raw: ANNA },
  '@capi/web': post('/checkout'),
  '@capi/emulator': { event: 'none', raw: ANNA },
  // One module of several; `examples` and the tests of example-next run all of it.
  '@capi/next': { event: 'none', raw: ANNA },
}

/** How a package's README is read: unless said here, its snippet ends by itself, and one Purchase arrives. */
export function readingOf(name: string): Reading {
  return READINGS[name] ?? BY_ITSELF
}

/** The first `ts` block, as tools/check-snippets.ts finds them. */
export function firstSnippet(readme: string): string {
  const [, code] = /^```ts\n(.*?)^```$/ms.exec(readme) ?? []
  if (code === undefined) throw new Error('The README has no ```ts block.')
  return code
}
