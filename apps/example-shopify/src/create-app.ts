import type { Capi } from '@capi/core'
import {
  type IdentityStore,
  identityEndpoint,
  type OrderStore,
  type ShopifyOrder,
  shopifyCapi,
  type WebhookResult,
} from '@capi/shopify'
import type { Shopify } from '@shopify/shopify-api'
import express, { type Express } from 'express'

export interface AppOptions {
  readonly capi: Capi
  readonly shopify: Shopify
  readonly identity: IdentityStore
  /** Remembers orders that are not paid yet. */
  readonly orders: OrderStore
  /** The shop's `myshopify.com` domain, and the addresses its pages have. */
  readonly shop: string
  readonly origins: readonly string[]
  /** A refund knows no person: its order is in your database, or in the Admin API. */
  readonly findOrder?: (orderId: number) => ShopifyOrder | undefined
  readonly onProcessed?: (result: WebhookResult) => void
}

export function createApp(options: AppOptions): Express {
  const { capi, shopify, identity, orders, shop, origins, findOrder, onProcessed } = options
  const app = express()
  app.disable('x-powered-by')
  app.get('/health', (_req, res) => void res.send('ok'))

  // ── Shopify's deliveries: above every parser, for the signature covers the bytes ──────────────
  const webhooks = shopifyCapi({
    shopify,
    client: (domain) => (domain === shop ? capi : undefined),
    identity,
    topics: ['checkouts/create', 'refunds/create'],
    orders,
    findOrder: ({ order_id }) => findOrder?.(Number(order_id)),
    onProcessed,
  })
  app.post('/webhooks', webhooks.middleware())

  // ── What the theme snippet and the Web Pixel send ─────────────────────────────────────────────
  app.all('/capi/identity', identityEndpoint({ store: identity, shops: { [shop]: origins } }))

  app.use(express.json()) // the rest of your app
  return app
}
