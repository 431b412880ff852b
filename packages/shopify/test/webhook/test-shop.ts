import '@shopify/shopify-api/adapters/node'
import { createHmac, randomUUID } from 'node:crypto'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Capi, type CapiOptions, createCapi } from '@capi/core'
import { createEmulator, type Emulator } from '@capi/emulator'
import { ApiVersion, LogSeverity, type Shopify, shopifyApi } from '@shopify/shopify-api'
import express, { type Express } from 'express'
import { onTestFinished } from 'vitest'
import {
  memoryOrderStore,
  type ShopifyCapiOptions,
  shopifyCapi,
  type WebhookResult,
} from '../../src/index.ts'

export const SECRET = 'secret-of-the-app'
export const SHOP = 'kobalt.myshopify.com'
export const UA = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36'

/** The real library, with the settings an app has. */
export function realShopify(apiSecretKey = SECRET): Shopify {
  return shopifyApi({
    apiKey: 'key-of-the-app',
    apiSecretKey,
    hostName: 'app.example',
    apiVersion: ApiVersion.July26,
    isEmbeddedApp: false,
    logger: { level: LogSeverity.Error, log: () => undefined },
  })
}

/** An order of the web as `orders/create` brings it, in the shape of the 2026-07 sample. */
export function webOrder(id: number, fields: object = {}) {
  return {
    id,
    admin_graphql_api_id: `gid://shopify/Order/${id}`,
    name: `#${id}`,
    checkout_token: `checkout${String(id).padStart(24, '0')}`,
    cart_token: `cart${String(id).padStart(28, '0')}`,
    email: `buyer-${id}@example.com`,
    created_at: new Date().toISOString(),
    processed_at: new Date().toISOString(),
    currency: 'EUR',
    presentment_currency: 'EUR',
    financial_status: 'paid',
    source_name: 'web',
    test: false,
    cancelled_at: null,
    total_price: '25.00',
    total_price_set: {
      shop_money: { amount: '25.00', currency_code: 'EUR' },
      presentment_money: { amount: '25.00', currency_code: 'EUR' },
    },
    client_details: { browser_ip: '203.0.113.7', user_agent: UA },
    landing_site: '/products/mug',
    referring_site: '',
    note_attributes: [],
    customer: { id: 7_000_000 + id, email: `buyer-${id}@example.com` },
    line_items: [
      { id: id * 10, product_id: 11, variant_id: 22, quantity: 1, price: '25.00', sku: 'MUG' },
    ],
    ...fields,
  }
}

export interface Sent {
  readonly topic?: string
  readonly shop?: string
  readonly secret?: string
  readonly webhookId?: string
  readonly headers?: Readonly<Record<string, string | undefined>>
}

export function sign(body: Uint8Array | string, secret = SECRET): string {
  return createHmac('sha256', secret).update(body).digest('base64')
}

/** The headers of one delivery; undefined takes one away. */
export function webhookHeaders(body: Uint8Array | string, sent: Sent = {}): Record<string, string> {
  const headers = {
    'content-type': 'application/json',
    'x-shopify-topic': sent.topic ?? 'orders/create',
    'x-shopify-shop-domain': sent.shop ?? SHOP,
    'x-shopify-api-version': '2026-07',
    'x-shopify-webhook-id': sent.webhookId ?? randomUUID(),
    'x-shopify-hmac-sha256': sign(body, sent.secret),
    ...sent.headers,
  }
  return Object.fromEntries(
    Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}

/** Posts a signed delivery over HTTP. */
export async function deliver(url: string, payload: object | Uint8Array | string, sent?: Sent) {
  const isRaw = typeof payload === 'string' || payload instanceof Uint8Array
  const body = isRaw ? payload : JSON.stringify(payload)
  const response = await fetch(url, {
    method: 'POST',
    headers: webhookHeaders(body, sent),
    body: body as string,
  })
  return { status: response.status, text: await response.text() }
}

export async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  await new Promise((resolve) => server.once('listening', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

export interface TestShop {
  readonly capi: Capi
  readonly emulator: Emulator
  readonly results: readonly WebhookResult[]
  readonly shopify: ReturnType<typeof shopifyCapi>
  /** What the emulator has after everything was sent. */
  delivered(): Promise<ReturnType<Emulator['events']>>
}

/** A client on an emulator of its own. */
export function testClient(options: CapiOptions = {}): { capi: Capi; emulator: Emulator } {
  const emulator = createEmulator({ max: 2_000 })
  const capi = createCapi({
    pixelId: '1234567890',
    accessToken: 'token',
    fetch: emulator.fetch,
    logger: { warn() {}, error() {} },
    ...options,
  })
  onTestFinished(async () => void (await capi.close({ timeoutMs: 0 })))
  return { capi, emulator }
}

export function testShop(
  options: Partial<ShopifyCapiOptions> = {},
  clientOptions: CapiOptions = {},
): TestShop {
  const { capi, emulator } = testClient(clientOptions)
  const results: WebhookResult[] = []
  const shopify = shopifyCapi({
    shopify: realShopify(),
    client: capi,
    orders: memoryOrderStore(),
    onProcessed: (result) => results.push(result),
    ...options,
  })
  return {
    capi,
    emulator,
    results,
    shopify,
    async delivered() {
      await capi.flush()
      return emulator.events()
    },
  }
}

/** An Express app with the middleware at /webhooks. @returns the endpoint's address */
export async function expressShop(
  { shopify }: Pick<TestShop, 'shopify'>,
  prepare: (app: Express) => void = () => undefined,
): Promise<string> {
  const app = express()
  prepare(app)
  app.post('/webhooks', shopify.middleware())
  return `${await serve(app)}/webhooks`
}
