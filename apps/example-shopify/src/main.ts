import { createCapi, optionsFromEnv } from '@capi/core'
import { sqliteIdentityStore, sqliteOrderStore } from '@capi/shopify/sqlite'
import { createApp } from './create-app.ts'
import { createShopify } from './create-shopify.ts'
import { listen } from './listen.ts'

const secret = process.env['SHOPIFY_API_SECRET']
const shop = process.env['SHOPIFY_SHOP']
if (!secret || !shop) {
  console.error('Set SHOPIFY_API_SECRET and SHOPIFY_SHOP, for example kobalt.myshopify.com.')
  process.exit(1)
}

const capi = createCapi(optionsFromEnv(process.env))
const path = process.env['IDENTITY_PATH'] || 'var/identity.db'
const identity = sqliteIdentityStore({ path })
const orders = sqliteOrderStore({ path }) // the same file
const origins = (process.env['SHOPIFY_ORIGINS'] ?? '').split(',').filter((one) => one !== '')
const app = createApp({
  capi,
  shopify: createShopify(secret),
  identity,
  orders,
  shop,
  origins,
  onProcessed: ({ status, kind, topic, reason, event_id }) =>
    console.log(status, topic ?? '', kind, reason ?? event_id ?? ''),
})
const server = await listen(app, Number(process.env['PORT'] || 3000))
console.log(`Webhooks  ${server.url}/webhooks`)
console.log(`Identity  ${server.url}/capi/identity`)

async function stop(): Promise<void> {
  await server.close()
  await capi.close({ timeoutMs: 2_000 })
  await identity.close()
  await orders.close()
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop())
