import { describe, expect, it } from 'vitest'
import { type PixelCollectorOptions, pixelCollector } from '../../src/index.ts'
import { SHOP, serve, testClient, UA } from '../webhook/test-shop.ts'

const ORIGIN = 'https://kobalt.example'
const EVENT = {
  event_name: 'ViewContent',
  event_id: 'sh-1',
  event_source_url: `${ORIGIN}/products/mug`,
  custom_data: { value: 5, currency: 'EUR' },
}

async function collector(options: Partial<PixelCollectorOptions> = {}) {
  const { capi, emulator } = testClient()
  const refused: string[] = []
  const url = await serve(
    pixelCollector({
      client: capi,
      shops: { [SHOP]: [ORIGIN] },
      clientIp: () => '203.0.113.7',
      onRefused: (reason) => refused.push(reason),
      ...options,
    }),
  )
  const post = async (body: object, headers: object = { origin: 'null' }, shop = SHOP) => {
    const { status } = await fetch(`${url}/?shop=${shop}`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain', 'user-agent': UA, ...headers },
      body: JSON.stringify(body),
    })
    return status
  }
  const delivered = async () => {
    await capi.flush()
    return emulator.events()
  }
  return { capi, emulator, refused, post, delivered }
}

describe('the collector of the Web Pixel', () => {
  it.each([
    ['a Web Pixel in its sandbox', { origin: 'null' }],
    ['a worker without an origin', {}],
    ['a page of the shop', { origin: ORIGIN }],
    ['Shopify’s own address of the shop', { origin: `https://${SHOP}` }],
  ])('takes an event of %s, with address and agent of the request', async (_name, headers) => {
    const { post, delivered, refused } = await collector()
    expect(await post(EVENT, headers)).toBe(204)
    const [event] = await delivered()
    expect(event?.payload).toMatchObject({
      ...EVENT,
      action_source: 'website',
      user_data: { client_ip_address: '203.0.113.7', client_user_agent: UA },
    })
    expect(refused).toEqual([])
  })

  it.each<[string, object, object, string]>([
    ['origin_not_allowed', EVENT, { origin: 'https://evil.example' }, SHOP],
    ['unknown_shop', EVENT, {}, 'other.myshopify.com'],
    ['unknown_shop', EVENT, {}, 'no shop'],
    ['event_not_allowed', { ...EVENT, event_name: 'Purchase' }, {}, SHOP],
    ['event_not_allowed', { ...EVENT, event_name: 'Lead' }, {}, SHOP],
    ['malformed', { ...EVENT, event_id: '' }, {}, SHOP],
  ])('answers 204 and refuses: %s', async (reason, body, headers, shop) => {
    const { post, delivered, refused } = await collector()
    expect(await post(body, headers, shop)).toBe(204)
    expect(refused).toEqual([reason])
    expect(await delivered()).toEqual([])
  })

  it('leaves a page that is none of the shop’s out of the event', async () => {
    const { post, delivered } = await collector()
    await post({ ...EVENT, event_source_url: 'https://evil.example/x' })
    const [event] = await delivered()
    expect(event?.payload).toMatchObject({ event_source_url: `https://${SHOP}/` })
  })

  it('counts the callers of each shop', async () => {
    const other = 'other.myshopify.com'
    const { post, refused } = await collector({
      shops: { [SHOP]: [], [other]: [] },
      rateLimit: { burst: 1, perMinute: 0 },
    })
    for (const id of ['1', '2']) await post({ ...EVENT, event_id: id })
    await post(EVENT, {}, other)
    expect(refused).toEqual(['rate_limited'])
  })

  it('gives each shop its client, and keeps its fall from the page', async () => {
    const own = testClient()
    const { post, refused } = await collector({
      shops: () => [],
      client: (shop) => {
        if (shop.startsWith('broken')) throw new Error('no database')
        return shop === SHOP ? own.capi : undefined
      },
    })
    expect(await post(EVENT)).toBe(204)
    expect(await post(EVENT, {}, 'broken.myshopify.com')).toBe(204)
    expect(await post(EVENT, {}, 'other.myshopify.com')).toBe(204)
    await own.capi.flush()
    expect(own.emulator.events()).toHaveLength(1)
    expect(refused).toEqual(['failed', 'unknown_shop'])
  })

  it('stops the start for events that a page may not report', () => {
    const events = ['Purchase'] as unknown as NonNullable<PixelCollectorOptions['events']>
    const { capi } = testClient()
    expect(() => pixelCollector({ client: capi, shops: {}, events })).toThrow('signingSecret')
  })
})
