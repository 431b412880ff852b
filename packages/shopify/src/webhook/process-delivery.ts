import type { RootTracker } from '@capi/core'
import { isTestClient } from '@capi/core/adapter'
import type { Identity, MappingRules } from '../map/mapping-options.ts'
import { isPending } from '../map/order-rules.ts'
import type { OrderKey, OrderMark } from '../orders/order-store.ts'
import { exactId } from '../read/shopify-id.ts'
import type { ShopifyOrder } from '../read/shopify-payloads.ts'
import { answerCompliance } from './compliance.ts'
import { type Delivery, shopDomain } from './delivery.ts'
import { identityKey, ownerOf } from './ids.ts'
import type { Resolved, ShopTracker } from './options.ts'
import { refused, rejected, resultOf, skipped, type WebhookResult } from './result.ts'
import { complianceTopic, type EventTopic, eventTopic } from './topics.ts'
import { within } from './within.ts'

type Payload = Readonly<Record<string, unknown>>

const TEST_HINTS = {
  skip: "a test order was skipped. To see test orders, give the client a testEventCode (Events Manager, Test events) or the emulator's baseUrl, or write test: 'send'.",
  send: "a test order was sent, because the client has a testEventCode or another baseUrl than Meta's, or because of test: 'send'.",
} as const

/** Longest wait for an identity: the event is worth more. */
const IDENTITY_TIMEOUT_MS = 1_000

/** Makes of a verified delivery what it is worth. Never rejects. */
export async function processDelivery(
  options: Resolved,
  delivery: Delivery,
): Promise<WebhookResult> {
  const shop = shopDomain(delivery.shop)
  if (shop === undefined) return rejected('invalid_shop')
  const { payload } = delivery
  const compliance = complianceTopic(delivery.topic)
  const rule = eventTopic(delivery.topic)
  const named = { topic: compliance ?? rule?.topic ?? delivery.topic, shop }
  if (!isPayload(payload)) return { ...rejected('invalid_json'), ...named }
  if (compliance !== undefined) {
    return { ...(await answerCompliance(options, { topic: compliance, shop, payload })), ...named }
  }
  const isWanted = rule?.isWanted(options, options.topics ?? []) ?? false
  if (rule === undefined) return { ...skipped('unsupported_topic'), ...named }
  if (!isWanted) return { ...skipped(unwanted(rule)), ...named }
  return { ...(await track(options, rule, { ...delivery, shop, payload })), ...named }
}

function unwanted({ idOf, topic }: EventTopic) {
  const isSale = idOf === 'order' && topic !== 'orders/cancelled'
  return isSale ? 'other_topic' : 'unsupported_topic'
}

async function track(
  options: Resolved,
  rule: EventTopic,
  delivery: Delivery & { readonly payload: Payload },
): Promise<WebhookResult> {
  const { shop, payload, topic, triggeredAt } = delivery
  const { client, findOrder, report } = options
  let tracker: ShopTracker | undefined
  try {
    tracker = typeof client === 'function' ? await client(shop) : client
  } catch (error) {
    report(error, 'client')
    return refused('failed')
  }
  if (tracker === undefined) return skipped('unknown_shop')
  let order: ShopifyOrder | undefined
  if (rule.reference !== undefined && findOrder !== undefined) {
    try {
      order = await findOrder(rule.reference(payload), shop)
    } catch (error) {
      report(error, 'findOrder')
      return refused('failed')
    }
  }
  const noted = noteOf(options, rule, delivery)
  let marks: readonly OrderMark[] = []
  try {
    if (noted !== undefined) marks = await noted.mark(noted.as)
  } catch (error) {
    report(error, 'orders')
    return refused('failed')
  }
  const identity = await lookUp(options, rule, delivery)
  const rules: MappingRules = options
  const test = options.test ?? (isTestClient(tracker) ? 'send' : 'skip')
  if (payload['test'] === true) options.hintOnce(TEST_HINTS[test])
  const mapped = rule.map(
    payload,
    { ...rules, test, topic, triggeredAt, shop, identity, marks, nowMs: options.now() },
    order,
  )
  if ('skipped' in mapped) return skipped(mapped.skipped)
  const { event_name, custom_data, ...fields } = mapped.event
  const receipt = await (tracker as RootTracker).track(event_name, custom_data, fields)
  const result = { ...resultOf(receipt), event_name, event_id: receipt.event_id }
  try {
    // When this fails, the delivery comes again, finds its event in the outbox, and is marked then.
    if (result.status === 200 && result.kind !== 'skipped') await noted?.mark('sold')
  } catch (error) {
    report(error, 'orders')
    return refused('failed')
  }
  return result
}

interface Note {
  readonly as: OrderMark
  mark(mark: OrderMark): Promise<readonly OrderMark[]>
}

/** What has to be remembered of a sale: that it was not paid yet, or that it was paid. Deliveries may come in any order. */
function noteOf(
  { orders }: Resolved,
  { topic }: EventTopic,
  { shop, payload }: { readonly shop: string; readonly payload: Payload },
): Note | undefined {
  const orderId = exactId(payload)
  if (orders === undefined || orderId === undefined) return undefined
  const order: OrderKey = { shop, orderId }
  const mark = async (as: OrderMark) => await orders.mark(order, as)
  if (topic === 'orders/paid') return { as: 'paid', mark }
  return topic === 'orders/create' && isPending(payload) ? { as: 'pending', mark } : undefined
}

/** What the storefront sent about this shopper, and a note of who it was. A store that fails costs no event. */
async function lookUp(
  { identity: store, report }: Resolved,
  rule: EventTopic,
  { shop, payload }: { readonly shop: string; readonly payload: Payload },
): Promise<Identity | undefined> {
  const key = identityKey(shop, rule, payload)
  if (store === undefined || key === undefined) return undefined
  const work = async () => {
    const identity = await store.find(key)
    if (identity !== undefined) await store.link(key, ownerOf(rule, payload))
    return identity
  }
  try {
    return await within(IDENTITY_TIMEOUT_MS, work(), undefined)
  } catch (error) {
    report(error, 'identity')
    return undefined
  }
}

function isPayload(value: unknown): value is Payload {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
