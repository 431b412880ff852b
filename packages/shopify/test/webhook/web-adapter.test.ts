// The library has one runtime adapter for each process: this file runs with the web's.
import '@shopify/shopify-api/adapters/web-api'
import { createHmac } from 'node:crypto'
import { ApiVersion, shopifyApi } from '@shopify/shopify-api'
import { expect, it } from 'vitest'
import { shopifyCapi } from '../../src/index.ts'

it('validates under the web adapter, as React Router apps run it', async () => {
  const shopify = shopifyApi({
    apiKey: 'key',
    apiSecretKey: 'secret',
    hostName: 'app.example',
    apiVersion: ApiVersion.July26,
    isEmbeddedApp: false,
    logger: { log: () => undefined },
  })
  const rawBody = JSON.stringify({ id: 1, test: true })
  const headers = new Headers({
    'X-Shopify-Topic': 'orders/create',
    'X-Shopify-Shop-Domain': 'kobalt.myshopify.com',
    'X-Shopify-API-Version': '2026-07',
    'X-Shopify-Webhook-Id': 'one',
    'X-Shopify-Hmac-Sha256': createHmac('sha256', 'secret').update(rawBody).digest('base64'),
  })
  const capi = { track: async () => ({ event_id: '', outcome: 'accepted', issues: [] }) } as never
  const { handle } = shopifyCapi({ shopify, client: capi })
  expect(await handle({ rawBody, headers })).toMatchObject({ status: 200, reason: 'test' })
  headers.set('X-Shopify-Hmac-Sha256', 'wrong')
  expect(await handle({ rawBody, headers })).toMatchObject({ status: 401, reason: 'invalid_hmac' })
})
