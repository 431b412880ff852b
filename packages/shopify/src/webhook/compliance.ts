import type { IdentityStore } from '../identity/identity-store.ts'
import { shopDomain } from './delivery.ts'
import { redactedOwners, shopOfBody } from './ids.ts'
import type { ComplianceRequest, Resolved } from './options.ts'
import { refused, skipped, type WebhookResult } from './result.ts'

type Purge = (store: IdentityStore, request: ComplianceRequest) => number | Promise<number>

const forgetShop: Purge = (store, { shop }) => store.forgetShop(shop)

/** What each request asks of the identity store. Events in the outbox are hashed already and gone within days. */
const PURGES: { readonly [Topic in ComplianceRequest['topic']]: Purge } = {
  'customers/data_request': () => 0,
  'customers/redact': (store, { shop, payload }) => store.redact(shop, redactedOwners(payload)),
  'shop/redact': forgetShop,
  'app/uninstalled': forgetShop,
}

/** Purges what is kept here, then lets the application do its part. What failed is asked for again. */
export async function answerCompliance(
  { identity, onCompliance, report }: Resolved,
  request: ComplianceRequest,
): Promise<WebhookResult> {
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
    await onCompliance?.(request)
  } catch (error) {
    report(error, 'onCompliance')
    return refused('failed')
  }
  return { status: 200, kind: 'acknowledged', purged }
}
