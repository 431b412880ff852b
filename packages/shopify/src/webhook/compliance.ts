import { type Capi, CapiError } from '@capi/core'
import type { IdentityStore } from '../identity/identity-store.ts'
import { exactId } from '../read/shopify-id.ts'
import type { ShopifyId } from '../read/shopify-payloads.ts'
import { shopDomain } from './delivery.ts'
import { redactedOwners, shopOfBody } from './ids.ts'
import type { ComplianceRequest, Resolved } from './options.ts'
import { refused, skipped, type WebhookResult } from './result.ts'

type Purge = (store: IdentityStore, request: ComplianceRequest) => number | Promise<number>

const forgetShop: Purge = (store, { shop }) => store.forgetShop(shop)

/** What each request asks of the identity store. */
const PURGES: { readonly [Topic in ComplianceRequest['topic']]: Purge } = {
  'customers/data_request': () => 0,
  'customers/redact': (store, { shop, payload }) => store.redact(shop, redactedOwners(payload)),
  'shop/redact': forgetShop,
  'app/uninstalled': forgetShop,
}

/** An order store holds numbers of orders and no person; they are removed as well where Shopify asks. */
async function forgetOrders(
  { orders }: Resolved,
  { topic, shop, payload }: ComplianceRequest,
): Promise<void> {
  if (topic === 'customers/data_request') return
  const ids = redactedOwners(payload).flatMap(({ orderId }) => orderId ?? [])
  await orders?.forget(shop, topic === 'customers/redact' ? ids : undefined)
}

/** Takes out of the client's outbox what waits for the customer. A tracker with a scope has none of its own. */
async function eraseCustomer(
  { client }: Resolved,
  { topic, shop, payload }: ComplianceRequest,
): Promise<void> {
  if (topic !== 'customers/redact') return
  const capi: unknown = typeof client === 'function' ? await client(shop) : client
  const customer = (payload['customer'] ?? {}) as Customer
  const person = { em: customer.email, ph: customer.phone, external_id: exactId(customer) }
  if (!canErase(capi)) return
  // One by one: a phone number that cannot be read must not keep the others.
  for (const [key, value] of Object.entries(person)) {
    try {
      if (value) await capi.erase({ [key]: value })
    } catch (error) {
      // It cannot be read, and so no event has it.
      if (!CapiError.is(error) || error.code !== 'config_invalid') throw error
    }
  }
}

type Customer = { readonly id?: ShopifyId; readonly email?: string; readonly phone?: string }

function canErase(capi: unknown): capi is Pick<Capi, 'erase'> {
  return typeof capi === 'object' && capi !== null && 'erase' in capi
}

/** Purges what is kept here, then lets the application do its part. What failed is asked for again. */
export async function answerCompliance(
  resolved: Resolved,
  request: ComplianceRequest,
): Promise<WebhookResult> {
  const { identity, onCompliance, report } = resolved
  // Only the body is signed: a request of one shop must not purge another.
  if (shopDomain(shopOfBody(request.payload)) !== request.shop) return skipped('shop_mismatch')
  let purged = 0
  try {
    if (identity !== undefined) purged = await PURGES[request.topic](identity, request)
  } catch (error) {
    report(error, 'identity')
    return refused('failed')
  }
  try {
    await forgetOrders(resolved, request)
  } catch (error) {
    report(error, 'orders')
    return refused('failed')
  }
  try {
    await eraseCustomer(resolved, request)
  } catch (error) {
    report(error, 'client')
    return refused('failed')
  }
  try {
    await onCompliance?.(request)
  } catch (error) {
    report(error, 'onCompliance')
    return refused('failed')
  }
  return { status: 200, kind: 'acknowledged', purged }
}
