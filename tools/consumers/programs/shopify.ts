import '@shopify/shopify-api/adapters/node'
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createCapi } from '@capi/core'
import { purchaseEventId, shopifyCapi } from '@capi/shopify'
import { sqliteIdentityStore } from '@capi/shopify/sqlite'
import { ApiVersion, LogSeverity, shopifyApi } from '@shopify/shopify-api'
import express from 'express'
import { assertOneEvent, EMAIL, runProgram, startEmulator } from './one-event.js'

const SECRET = 'secret-of-this-program'
const ORDER = {
  id: 1001,
  admin_graphql_api_id: 'gid://shopify/Order/1001',
  created_at: new Date().toISOString(),
  financial_status: 'paid',
  source_name: 'web',
  currency: 'CHF',
  email: EMAIL,
  order_status_url: 'https://shop.example/orders/a-key',
  total_price_set: { shop_money: { amount: '57.90', currency_code: 'CHF' } },
  client_details: { browser_ip: '203.0.113.7', user_agent: 'Mozilla/5.0 Test' },
}

runProgram(async () => {
  const { emulator, options } = await startEmulator()
  const capi = createCapi(options)
  const shopify = shopifyApi({
    apiKey: 'key',
    apiSecretKey: SECRET,
    hostName: 'app.example',
    apiVersion: ApiVersion.July26,
    isEmbeddedApp: false,
    logger: { level: LogSeverity.Error },
  })
  const identity = sqliteIdentityStore({ path: ':memory:' })
  const app = express()
  app.post('/webhooks', shopifyCapi({ shopify, client: capi, identity }).middleware())
  const server = createServer(app)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks`
  assert.equal(await deliver(url, 'somebody else'), 401)
  assert.equal(await deliver(url, SECRET), 200)
  await assertOneEvent(emulator, 'Purchase', purchaseEventId(ORDER.id))
  server.close()
  await capi.close()
  await identity.close()
  await emulator.close()
})

async function deliver(url: string, secret: string): Promise<number> {
  const body = JSON.stringify(ORDER)
  const { status } = await fetch(url, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'X-Shopify-Topic': 'orders/create',
      'X-Shopify-Shop-Domain': 'kobalt.myshopify.com',
      'X-Shopify-API-Version': ApiVersion.July26,
      'X-Shopify-Webhook-Id': 'delivery-1',
      'X-Shopify-Event-Id': 'event-1',
      'X-Shopify-Triggered-At': new Date().toISOString(),
      'X-Shopify-Hmac-Sha256': createHmac('sha256', secret).update(body).digest('base64'),
    },
    body,
  })
  return status
}
