import { Agent, request } from 'node:http'

const HASH = '8c87b489ce35cf2e2f39f80e282cb2e804932a56a213983eeeb428407d43b52d'

/** A Purchase as a shop sends it: five hashes, the click, two products. */
function purchase(index: number): object {
  return {
    event_name: 'Purchase',
    event_time: Math.floor(Date.now() / 1000),
    event_id: `order.${index}`,
    action_source: 'website',
    event_source_url: 'https://shop.example/thanks',
    user_data: {
      em: [HASH],
      ph: [HASH],
      fn: [HASH],
      ln: [HASH],
      country: [HASH],
      external_id: [HASH],
      client_ip_address: '203.0.113.9',
      client_user_agent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0.0.0',
      fbp: 'fb.1.1596403881668.1116446470',
      fbc: `fb.1.1596403881668.IwAR${index}AbCdEfGhIjKlMnOpQrStUvWxYz`,
    },
    custom_data: {
      value: 49.9,
      currency: 'EUR',
      order_id: String(index),
      contents: [
        { id: 'sku-1', quantity: 1, item_price: 29.9 },
        { id: 'sku-2', quantity: 2, item_price: 10 },
      ],
    },
  }
}

/** Bodies of calls with so many events each; ids do not repeat. */
export function bodies(calls: number, events: number, from = 0): readonly string[] {
  return Array.from({ length: calls }, (_call, call) => {
    const data = Array.from({ length: events }, (_event, event) =>
      purchase(from + call * events + event),
    )
    return JSON.stringify({ data })
  })
}

/** Posts all bodies over a few connections that are kept, and waits for each answer. */
export async function postAll(url: string, all: readonly string[], connections = 4): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const left = all.values()
  const post = async () => {
    for (const body of left) await postOne(agent, `${url}/v27.0/42/events`, body)
  }
  await Promise.all(Array.from({ length: connections }, post))
  agent.destroy()
}

function postOne(agent: Agent, url: string, body: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: 'Bearer any-token-of-a-shop',
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    }
    request(url, { method: 'POST', agent, headers }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`Answered ${response.statusCode}.`))
      response.resume().on('end', resolve)
    })
      .on('error', reject)
      .end(body)
  })
}
