import { describe, expect, it } from 'vitest'
import { shopifyCapi } from '../../src/index.ts'
import { deliver, expressShop, realShopify, testClient, webOrder } from './test-shop.ts'

describe('many shops', () => {
  it('each have their own client, by exact domain', async () => {
    const blue = testClient({ pixelId: '11111' })
    const red = testClient({ pixelId: '22222' })
    const clients = new Map([
      ['blue.myshopify.com', blue.capi],
      ['red.myshopify.com', red.capi],
    ])
    const asked: string[] = []
    const client = (shop: string) => {
      asked.push(shop)
      return clients.get(shop)
    }
    const shopify = shopifyCapi({ shopify: realShopify(), client })
    const url = await expressShop({ shopify })
    expect(await deliver(url, webOrder(1), { shop: 'blue.myshopify.com' })).toMatchObject({
      text: 'tracked',
    })
    expect(await deliver(url, webOrder(1), { shop: 'RED.myshopify.com' })).toMatchObject({
      text: 'tracked',
    })
    for (const shop of [
      'evil-blue.myshopify.com',
      'blue.myshopify.com.evil.example',
      'blue.myshopify.co',
    ]) {
      expect(await deliver(url, webOrder(1), { shop })).toEqual({
        status: 200,
        text: 'unknown_shop',
      })
    }
    await Promise.all([blue.capi.flush(), red.capi.flush()])
    expect(blue.emulator.events()).toHaveLength(1)
    expect(red.emulator.events()).toHaveLength(1)
    expect(asked.slice(0, 2)).toEqual(['blue.myshopify.com', 'red.myshopify.com'])
  })

  it('are asked for again when finding the client failed', async () => {
    const errors: unknown[] = []
    const shopify = shopifyCapi({
      shopify: realShopify(),
      client: () => Promise.reject(new Error('database')),
      onError: (_error, where) => errors.push(where),
    })
    const url = await expressShop({ shopify })
    expect(await deliver(url, webOrder(1))).toEqual({ status: 503, text: 'failed' })
    expect(errors).toEqual(['client'])
  })
})
