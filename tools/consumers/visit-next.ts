import assert from 'node:assert/strict'
import { buy } from '../../apps/example-next/test/buy.ts'
import { launchChromium } from '../testing/src/chromium.ts'

/** Buys in the shop of the guide, as its own test does. */
export async function visitNext(port: number, emulator: { readonly url: string }): Promise<void> {
  const browser = await launchChromium()
  try {
    await buy(browser, { shopUrl: `http://127.0.0.1:${port}`, emulatorUrl: emulator.url })
  } finally {
    await browser.close()
  }
}

/** Sends the product's form before any script has run: Next calls the server action. Resolves with the order's id. */
export async function buyByAction(port: number): Promise<string> {
  const url = `http://127.0.0.1:${port}/products/mug`
  const headers = { accept: 'text/html', 'sec-fetch-dest': 'document', 'user-agent': 'UA/1' }
  const page = await (await fetch(url, { headers })).text()
  const form = new FormData()
  for (const [input] of page.matchAll(/<input [^>]*>/g)) {
    const [, name = ''] = /name="([^"]*)"/.exec(input) ?? []
    const [, value = ''] = /value="([^"]*)"/.exec(input) ?? []
    form.append(name, value)
  }
  const sold = await fetch(url, { method: 'POST', headers, body: form, redirect: 'manual' })
  const [, order] = /\/orders\/(\w+)$/.exec(sold.headers.get('location') ?? '') ?? []
  assert.ok(order, `${sold.status} ${await sold.text()}`)
  return order
}
