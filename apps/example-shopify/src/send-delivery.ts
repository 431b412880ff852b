import { createHmac, randomUUID } from 'node:crypto'
import type { PlannedDelivery } from './day/deliveries.ts'

export interface Sender {
  readonly url: string
  readonly shop: string
  readonly secret: string
}

/** Signs a delivery as Shopify does, base64 of HMAC-SHA256 over the bytes, and posts it. */
export async function sendDelivery(
  { url, shop, secret }: Sender,
  { topic, payload, webhookId, isForged }: PlannedDelivery,
): Promise<{ readonly status: number; readonly answer: string }> {
  const body = JSON.stringify(payload)
  const key = isForged === true ? 'somebody else' : secret
  const response = await fetch(`${url}/webhooks`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'X-Shopify-Topic': topic,
      'X-Shopify-Shop-Domain': shop,
      'X-Shopify-API-Version': '2026-07',
      'X-Shopify-Webhook-Id': webhookId ?? randomUUID(),
      'X-Shopify-Event-Id': randomUUID(),
      'X-Shopify-Triggered-At': new Date().toISOString(),
      'X-Shopify-Hmac-Sha256': createHmac('sha256', key).update(body).digest('base64'),
    },
    body,
  })
  return { status: response.status, answer: await response.text() }
}
