import type { Emulator } from '../../src/index.ts'

/** SHA-256 of `jane@example.com`. */
export const JANE = '8c87b489ce35cf2e2f39f80e282cb2e804932a56a213983eeeb428407d43b52d'
/** SHA-256 of `4915123456789`. */
const PHONE = 'd5e2f3cb1dd2bf16e5e2d1b1b9dd1ba9d5c2d1a0ae1b4c1c0f5f5b3a6f6f9f10'

const PIXEL = '1234567890'
const AGENT = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 15_0) AppleWebKit/605.1.15 Safari/605.1.15'

type Json = Record<string, unknown>

export async function fromBrowser(emulator: Emulator, fields: Record<string, string>) {
  const query = new URLSearchParams({ id: PIXEL, dl: 'https://shop.example/', ...fields })
  await emulator.fetch(`/tr?${query}`)
}

export async function fromServer(emulator: Emulator, events: readonly Json[], extra: Json = {}) {
  const data = events.map((event) => ({
    event_time: Math.floor(Date.now() / 1000),
    action_source: 'website',
    event_source_url: 'https://shop.example/',
    ...event,
  }))
  await emulator.fetch(`/v27.0/${PIXEL}/events`, {
    method: 'POST',
    headers: { authorization: 'Bearer EAAB-secret-wxyz', 'content-type': 'application/json' },
    body: JSON.stringify({ data, ...extra }),
  })
}

/** A little of everything a shop sends, right and wrong, with hostile text among it. */
export async function sendShop(emulator: Emulator): Promise<void> {
  const clickMs = Date.now() - 3_600_000
  const fbp = `fb.1.${clickMs}.1098115397`
  const fbc = `fb.1.${clickMs}.IwAR2F4-dbP0l7Mn1IawQQGCINEz7PYXQvwjNwB_qa2ofrHyiLjcbCRxTDMgk`
  const person = {
    em: JANE,
    external_id: 'customer-42',
    fbp,
    client_ip_address: '203.0.113.7',
    client_user_agent: AGENT,
  }
  for (let step = 1; step <= 6; step++) {
    await fromBrowser(emulator, { ev: 'PageView', eid: `pv-${step}`, fbp })
    await fromServer(emulator, [
      {
        event_name: 'PageView',
        event_id: `pv-${step}`,
        user_data: { fbp, client_ip_address: '203.0.113.7', client_user_agent: AGENT },
      },
    ])
  }
  await fromBrowser(emulator, {
    ev: 'ViewContent',
    eid: 'vc-1',
    fbp,
    fbc,
    'cd[content_ids]': '["mug"]',
    'cd[value]': '24',
    'cd[currency]': 'EUR',
  })
  await fromServer(emulator, [
    {
      event_name: 'ViewContent',
      event_id: 'vc-1',
      user_data: { ...person, fbc },
      custom_data: { content_ids: ['mug'], value: 24, currency: 'EUR' },
    },
  ])
  await fromBrowser(emulator, {
    ev: 'AddToCart',
    eid: 'atc-7',
    fbp,
    'cd[value]': '24',
    'cd[currency]': 'EUR',
  })
  await fromServer(emulator, [
    {
      event_name: 'addtocart',
      event_id: 'atc-7',
      user_data: { ...person, fbc: 'fb.1.1793491200.abc' },
      custom_data: { value: 24, currency: 'EUR' },
    },
  ])
  await fromServer(emulator, [
    {
      event_name: 'Purchase',
      event_id: 'order-1000',
      user_data: person,
      custom_data: { value: 49.9 },
    },
  ])
  await fromServer(emulator, [
    {
      event_name: 'Purchase',
      event_id: 'order-0999',
      user_data: { ...person, em: 'Jane@Example.com' },
      custom_data: { value: 10, currency: 'EUR' },
    },
  ])
  await fromServer(
    emulator,
    [
      {
        event_name: 'Lead',
        event_id: 'lead-3',
        user_data: { em: JANE, client_ip_address: '192.168.1.20', fbp: 'fb.1.x' },
      },
    ],
    { test_event_code: 'TEST31415' },
  )
  await fromServer(emulator, [
    {
      event_name: '<img src=x onerror=alert(1)>',
      event_id: '"><script>alert(2)</script>',
      user_data: person,
      custom_data: { note: '</pre><b>bold</b>', 名前: '山田' },
    },
  ])
  await fromBrowser(emulator, {
    ev: 'Purchase',
    eid: 'order-1001',
    dl: 'https://shop.example/thank-you',
    fbp,
    fbc,
    'cd[value]': '129.5',
    'cd[currency]': 'EUR',
  })
  await fromServer(emulator, [
    {
      event_name: 'Purchase',
      event_id: 'order-1001',
      event_source_url: 'https://shop.example/thank-you',
      user_data: { ...person, ph: PHONE, fbc },
      custom_data: {
        value: 129.5,
        currency: 'EUR',
        content_ids: ['mug', 'vase'],
        contents: [{ id: 'mug', quantity: 2, item_price: 24 }],
        order_id: '1001',
      },
    },
  ])
}
