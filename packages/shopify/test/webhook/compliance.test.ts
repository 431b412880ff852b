import { describe, expect, it } from 'vitest'
import { type ComplianceRequest, type IdentityStore, memoryIdentityStore } from '../../src/index.ts'
import { deliver, expressShop, SHOP, testShop, webOrder } from './test-shop.ts'

const FBP = 'fb.1.1596403881668.1116446470'
const FBC = `fb.1.${Date.now() - 86_400_000}.AbC_d-E`
const CUSTOMER = { id: 7_001_001, email: 'buyer-1001@example.com', phone: '555-625-1199' }

/** The samples of Shopify's documentation, with this shop's values. */
const redact = { shop_id: 954889, shop_domain: SHOP, customer: CUSTOMER, orders_to_redact: [1002] }
const dataRequest = {
  shop_id: 954889,
  shop_domain: SHOP,
  customer: CUSTOMER,
  orders_requested: [1001],
  data_request: { id: 9999 },
}
const shopRedact = { shop_id: 954889, shop_domain: SHOP }
const uninstalled = { id: 954889, name: 'Kobalt', domain: 'kobalt.example', myshopify_domain: SHOP }

const keyOf = (id: number) => {
  const { checkout_token: checkoutToken } = webOrder(id)
  return { shop: SHOP, checkoutToken }
}

/** A shop whose storefront told of three checkouts, all of which became orders. */
async function soldThree(
  options: { onCompliance?: (request: ComplianceRequest) => void | Promise<void> } = {},
) {
  const identity = memoryIdentityStore()
  for (const id of [1001, 1002, 1003]) await identity.put(keyOf(id), { fbp: FBP, fbc: FBC })
  const shop = testShop({ identity, ...options })
  const url = await expressShop(shop)
  for (const id of [1001, 1002, 1003]) await deliver(url, webOrder(id))
  const known = async () => {
    const ids = []
    for (const id of [1001, 1002, 1003]) if (await identity.find(keyOf(id))) ids.push(id)
    return ids
  }
  return { shop, url, known, identity }
}

describe('the identity store', () => {
  it('gives the order what the webhook does not know', async () => {
    const { shop } = await soldThree()
    const [event] = await shop.delivered()
    expect(event?.payload).toMatchObject({ user_data: { fbp: FBP, fbc: FBC } })
  })

  it("costs no event when it fails, and stands back behind the order's own attributes", async () => {
    const broken: IdentityStore = {
      ...memoryIdentityStore(),
      find: () => Promise.reject(new Error('disk')),
    }
    const errors: string[] = []
    const shop = testShop({ identity: broken, onError: (_error, where) => errors.push(where) })
    const own = 'fb.1.1596403881668.42'
    const order = webOrder(1, { note_attributes: [{ name: '__capi_fbp', value: own }] })
    expect(await deliver(await expressShop(shop), order)).toMatchObject({ text: 'tracked' })
    expect(errors).toEqual(['identity'])
    expect((await shop.delivered())[0]?.payload).toMatchObject({ user_data: { fbp: own } })
  })

  it('costs no event when it cannot be written to: the failure is reported, and none is left unhandled', async () => {
    const identity: IdentityStore = {
      ...memoryIdentityStore(),
      find: async () => ({ fbp: FBP }),
      link: () => Promise.reject(new Error('disk')),
    }
    const errors: string[] = []
    const unhandled: unknown[] = []
    const hear = (error: unknown) => void unhandled.push(error)
    process.on('unhandledRejection', hear)
    const shop = testShop({ identity, onError: (_error, where) => errors.push(where) })
    expect(await deliver(await expressShop(shop), webOrder(1))).toMatchObject({ text: 'tracked' })
    await new Promise((resolve) => setImmediate(resolve))
    process.off('unhandledRejection', hear)
    expect(errors).toEqual(['identity'])
    expect(unhandled).toEqual([])
    expect(await shop.delivered()).toHaveLength(1)
  })

  it('that hangs is not waited for', { timeout: 10_000 }, async () => {
    const identity = { ...memoryIdentityStore(), find: () => new Promise<never>(() => undefined) }
    const url = await expressShop(testShop({ identity }))
    const startMs = performance.now()
    expect(await deliver(url, webOrder(1))).toMatchObject({ status: 200, text: 'tracked' })
    expect(performance.now() - startMs).toBeLessThan(8_000)
  })

  it("keeps a shopper's no: the order makes no event", async () => {
    const identity = memoryIdentityStore()
    await identity.put(keyOf(1), { consent: 'denied' })
    const shop = testShop({ identity })
    expect(await deliver(await expressShop(shop), webOrder(1))).toEqual({
      status: 200,
      text: 'consent',
    })
    expect(await shop.delivered()).toEqual([])
  })
})

describe('compliance', () => {
  it('customers/redact erases what waits for the customer in the outbox, and is asked again where that fails', async () => {
    const shop = testShop()
    const url = await expressShop(shop)
    const person = { external_id: CUSTOMER.id, client_user_agent: 'UA/1' }
    const page = { action_source: 'website', event_source_url: 'https://kobalt.example/' } as const
    await shop.capi.track('Lead', {}, { ...page, user_data: person })
    await shop.capi.track('Lead', {}, { ...page, user_data: { ...person, external_id: 1 } })
    expect(await deliver(url, redact, { topic: 'customers/redact' })).toMatchObject({ status: 200 })
    expect((await shop.capi.stats()).dropped.erased).toBe(1)
    expect(await shop.delivered()).toHaveLength(1)
    const broken = { ...shop.capi, erase: () => Promise.reject(new Error('disk')) }
    const failing = await expressShop(testShop({ client: broken }))
    const answer = await deliver(failing, redact, { topic: 'customers/redact' })
    expect(answer.status).toBeGreaterThanOrEqual(500)
  })

  it('customers/redact forgets the person, by customer and by order, and nobody else', async () => {
    const { url, known, shop } = await soldThree()
    expect(await known()).toEqual([1001, 1002, 1003])
    expect(await deliver(url, redact, { topic: 'customers/redact' })).toEqual({
      status: 200,
      text: 'acknowledged',
    })
    expect(await known()).toEqual([1003])
    expect(shop.results.at(-1)).toMatchObject({ kind: 'acknowledged', purged: 2 })
  })

  it.each([
    ['shop/redact', shopRedact],
    ['app/uninstalled', uninstalled],
  ])('%s forgets the shop', async (topic, payload) => {
    const { url, known } = await soldThree()
    expect(await deliver(url, payload, { topic })).toMatchObject({ status: 200 })
    expect(await known()).toEqual([])
  })

  it('customers/data_request is answered, and reaches the application', async () => {
    const requests: ComplianceRequest[] = []
    const { url, known } = await soldThree({
      onCompliance: (request) => void requests.push(request),
    })
    expect(await deliver(url, dataRequest, { topic: 'customers/data_request' })).toMatchObject({
      status: 200,
    })
    expect(requests).toEqual([
      { topic: 'customers/data_request', shop: SHOP, payload: dataRequest },
    ])
    expect(await known()).toEqual([1001, 1002, 1003])
  })

  it('is asked for again when the application could not do it', async () => {
    let isDown = true
    const { url } = await soldThree({
      onCompliance: async () => {
        if (isDown) throw new Error('database')
      },
    })
    const sent = { topic: 'shop/redact', webhookId: 'one' }
    expect(await deliver(url, shopRedact, sent)).toEqual({ status: 503, text: 'failed' })
    isDown = false
    expect(await deliver(url, shopRedact, sent)).toMatchObject({ status: 200 })
  })

  it('is refused without the right signature', async () => {
    const { url, known } = await soldThree()
    for (const [topic, payload] of [
      ['customers/redact', redact],
      ['customers/data_request', dataRequest],
      ['shop/redact', shopRedact],
      ['app/uninstalled', uninstalled],
    ] as const) {
      expect(await deliver(url, payload, { topic, secret: 'wrong' })).toMatchObject({ status: 401 })
    }
    expect(await known()).toEqual([1001, 1002, 1003])
  })

  it('purges nothing when the unsigned header names another shop than the signed body', async () => {
    const { url, known } = await soldThree()
    const sent = { topic: 'shop/redact', shop: SHOP }
    for (const body of [{ shop_domain: 'other.myshopify.com' }, {}]) {
      expect(await deliver(url, body, sent)).toEqual({ status: 200, text: 'shop_mismatch' })
    }
    // A signed order under a topic that purges.
    expect(await deliver(url, webOrder(9), sent)).toMatchObject({ text: 'shop_mismatch' })
    expect(await known()).toEqual([1001, 1002, 1003])
  })
})

describe('topics beside sales', () => {
  it('stay out until they are asked for', async () => {
    const checkout = { ...webOrder(5), token: webOrder(5).checkout_token }
    const without = await expressShop(testShop())
    expect(await deliver(without, checkout, { topic: 'checkouts/create' })).toMatchObject({
      text: 'unsupported_topic',
    })
    const identity = memoryIdentityStore()
    await identity.put(keyOf(5), { fbp: FBP, client_user_agent: 'UA/1' })
    const shop = testShop({ topics: ['checkouts/create'], identity })
    const url = await expressShop(shop)
    expect(await deliver(url, checkout, { topic: 'checkouts/create' })).toMatchObject({
      text: 'tracked',
    })
    expect((await shop.delivered())[0]).toMatchObject({
      event_name: 'InitiateCheckout',
      payload: { user_data: { fbp: FBP } },
    })
  })

  it('a refund gets its order from the application', async () => {
    const shop = testShop({
      topics: ['refunds/create'],
      findOrder: async ({ order_id }) => webOrder(Number(order_id)),
    })
    const url = await expressShop(shop)
    const refund = {
      id: 5,
      admin_graphql_api_id: 'gid://shopify/Refund/5',
      order_id: 1001,
      created_at: new Date().toISOString(),
      transactions: [{ kind: 'refund', status: 'success', amount: '25.00', currency: 'EUR' }],
      refund_line_items: [],
    }
    expect(await deliver(url, refund, { topic: 'refunds/create' })).toMatchObject({
      status: 200,
      text: 'tracked',
    })
  })
})
