import { randomBytes } from 'node:crypto'
import { fakeClock } from '@capi/testing'
import express from 'express'
import { describe, expect, it } from 'vitest'
import { cleanToken } from '../../src/identity/token.ts'
import {
  type IdentityEndpointOptions,
  identityEndpoint,
  memoryIdentityStore,
} from '../../src/index.ts'
import { SHOP, serve, UA } from '../webhook/test-shop.ts'

const FBP = 'fb.1.1596403881668.1116446470'
const FBC = 'fb.1.1596403881668.AbC_d-E'
const CART = 'Z2NwLWV1cm9wZS13ZXN0MTowMUo'
const GOOD = { cart_token: `${CART}?key=abc`, fbp: FBP, fbc: FBC, consent: 'granted' }
const ORIGIN = 'https://kobalt.example'

async function endpoint(options: Partial<IdentityEndpointOptions> = {}) {
  const store = memoryIdentityStore()
  const refusals: string[] = []
  const url = await serve(
    identityEndpoint({
      store,
      shops: { [SHOP]: [ORIGIN] },
      onRefused: (reason) => refusals.push(reason),
      ...options,
    }),
  )
  const post = async (
    body: unknown,
    {
      shop = SHOP,
      headers = {},
      method = 'POST',
    }: { shop?: string; headers?: object; method?: string } = {},
  ) => {
    const isRaw = typeof body === 'string' || body instanceof Uint8Array
    const response = await fetch(`${url}/?shop=${encodeURIComponent(shop)}`, {
      method,
      headers: { 'content-type': 'text/plain', 'user-agent': UA, ...headers },
      body: method === 'POST' ? ((isRaw ? body : JSON.stringify(body)) as string) : null,
    })
    return {
      status: response.status,
      text: await response.text(),
      origin: response.headers.get('access-control-allow-origin'),
    }
  }
  return { store, refusals, post, url, known: () => store.find({ shop: SHOP, cartToken: CART }) }
}

describe('the identity endpoint', () => {
  it('keeps the ids of a cart under the token that the order repeats', async () => {
    const { post, known, refusals } = await endpoint()
    expect(await post(GOOD, { headers: { origin: ORIGIN } })).toEqual({
      status: 204,
      text: '',
      origin: ORIGIN,
    })
    expect(known()).toEqual({ fbp: FBP, fbc: FBC, consent: 'granted', client_user_agent: UA })
    expect(refusals).toEqual([])
  })

  it.each([
    ['a page of the shop', { origin: ORIGIN }, true, ORIGIN],
    ["Shopify's own address of the shop", { origin: `https://${SHOP}` }, true, `https://${SHOP}`],
    ['a Web Pixel in its sandbox', { origin: 'null' }, true, null],
    ['a worker without an origin', {}, true, null],
    ['another page', { origin: 'https://evil.example' }, false, null],
    ['a page whose name begins like it', { origin: `${ORIGIN}.evil.example` }, false, null],
    ['the page without encryption', { origin: 'http://kobalt.example' }, false, null],
  ])('treats %s as it should', async (_name, headers, isKept, origin) => {
    const { post, known } = await endpoint()
    expect(await post(GOOD, { headers })).toEqual({ status: 204, text: '', origin })
    expect(known() !== undefined).toBe(isKept)
  })

  it.each([
    ['no JSON', '{', 'nothing_to_keep'],
    ['a list', '[]', 'nothing_to_keep'],
    ['null', 'null', 'nothing_to_keep'],
    ['no UTF-8', new Uint8Array([0xff, 0xfe, 0x00]), 'nothing_to_keep'],
    ['random bytes', randomBytes(2_000), 'nothing_to_keep'],
    ['no token', { fbp: FBP }, 'nothing_to_keep'],
    ['a token that can be guessed', { ...GOOD, cart_token: '12345' }, 'nothing_to_keep'],
    ['a token with a quote', { ...GOOD, cart_token: `${CART}' OR 1=1` }, 'nothing_to_keep'],
    ['a token that is an object', { ...GOOD, cart_token: { $ne: '' } }, 'nothing_to_keep'],
    [
      'ids that are none',
      { cart_token: CART, fbp: '<script>', fbc: 'fb.1.x.y' },
      'nothing_to_keep',
    ],
    ['more than it reads', { ...GOOD, note: 'x'.repeat(5_000) }, 'nothing_to_keep'],
  ])('keeps nothing of %s, with the same answer', async (_name, body, refusal) => {
    const { post, known, refusals } = await endpoint()
    expect(await post(body)).toEqual({ status: 204, text: '', origin: null })
    expect(known()).toBeUndefined()
    expect(refusals).toEqual([refusal])
  })

  it('leaves out what is wrong and keeps the rest', async () => {
    const { post, known } = await endpoint()
    const body = {
      ...GOOD,
      fbc: 'fbclid',
      __proto__: { fbc: FBC },
      page: 'https://kobalt.example/checkouts/secret?key=1',
    }
    await post(body, { headers: { 'user-agent': 'UA\u00e4' } })
    expect(known()).toEqual({
      fbp: FBP,
      consent: 'granted',
      event_source_url: 'https://kobalt.example/',
    })
  })

  it.each([
    ['yes', 'granted'],
    [1, 'granted'],
    ['LDU', 'ldu'],
    ['no', 'denied'],
    [0, 'denied'],
    ['sure', 'denied'],
    ['', 'denied'],
    [['granted'], 'denied'],
    ['pending', 'denied'],
    [null, 'denied'],
  ])('reads consent %j as %s: what is no permission is none', async (consent, read) => {
    const { post, known } = await endpoint()
    await post({ ...GOOD, consent })
    expect((await known())?.consent).toBe(read)
    expect((await known())?.fbp).toBe(read === 'denied' ? undefined : FBP)
  })

  it('counts a visitor once, whatever port a proxy writes behind the address', async () => {
    let port = 50_000
    const clientIp = () => `203.0.113.7:${port++}`
    const { post, refusals } = await endpoint({ perMinute: 2, clock: fakeClock(), clientIp })
    for (let index = 0; index < 5; index++) await post(GOOD)
    expect(refusals).toEqual(['rate_limited', 'rate_limited', 'rate_limited'])
  })

  it('keeps of a refusal the refusal alone', async () => {
    const { post, known } = await endpoint()
    await post(GOOD)
    await post({ ...GOOD, consent: 'denied' })
    expect(known()).toEqual({ consent: 'denied' })
  })

  it.each([
    ['other.myshopify.com'],
    ['kobalt'],
    ['__proto__'],
    ['constructor'],
    [`x.${SHOP}`],
    [''],
  ])('does not know the shop %j', async (shop) => {
    const { post, refusals } = await endpoint()
    expect(await post(GOOD, { shop })).toEqual({ status: 204, text: '', origin: null })
    expect(refusals).toEqual(['unknown_shop'])
  })

  it('finds shops by a function too, and survives its failure', async () => {
    const shops = async (shop: string) => {
      if (shop === SHOP) return []
      throw new Error('database')
    }
    const { post, known, refusals } = await endpoint({ shops })
    await post(GOOD)
    expect(known()).toBeDefined()
    expect(await post(GOOD, { shop: 'other.myshopify.com' })).toMatchObject({ status: 204 })
    expect(refusals).toEqual(['failed'])
  })

  it('answers a browser that asks first, and other methods, alike', async () => {
    const { post, refusals } = await endpoint()
    const headers = { origin: ORIGIN, 'access-control-request-method': 'POST' }
    expect(await post('', { method: 'OPTIONS', headers })).toEqual({
      status: 204,
      text: '',
      origin: ORIGIN,
    })
    expect(await post('', { method: 'GET' })).toMatchObject({ status: 204 })
    expect(refusals).toEqual(['not_a_post'])
  })

  it('keeps a flood of one visitor out', async () => {
    const { post, refusals } = await endpoint({ perMinute: 5, clock: fakeClock() })
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(GOOD)))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204]))
    expect(refusals).toEqual(Array.from({ length: 15 }, () => 'rate_limited'))
  })

  it('ends a body that never ends after 4 seconds, and answers', async () => {
    const clock = fakeClock()
    let isReading = () => {}
    const reading = new Promise<void>((resolve) => {
      isReading = resolve
    })
    const { url, refusals, known } = await endpoint({
      clock: {
        ...clock,
        after(delayMs, callback) {
          if (delayMs === 4_000) isReading()
          return clock.after(delayMs, callback)
        },
      },
    })
    const body = new ReadableStream({
      start: (controller) => controller.enqueue(new TextEncoder().encode('{"cart_token":')),
    })
    const init = { method: 'POST', body, duplex: 'half' } as RequestInit
    const answer = fetch(`${url}/?shop=${SHOP}`, init)
    await reading
    await clock.advance(3_999)
    expect(refusals).toEqual([])
    await clock.advance(1)
    expect((await answer).status).toBe(204)
    expect(refusals).toEqual(['nothing_to_keep'])
    expect(known()).toBeUndefined()
  })

  it('answers when the store never does', async () => {
    const clock = fakeClock()
    let isKept = () => {}
    const kept = new Promise<void>((resolve) => {
      isKept = resolve
    })
    const never = () => {
      isKept()
      return new Promise<void>(() => {})
    }
    const store = { ...memoryIdentityStore(), put: never }
    const { post, refusals } = await endpoint({ clock, store })
    const answer = post(GOOD)
    await kept
    await clock.advance(5_000)
    expect(await answer).toMatchObject({ status: 204, text: '' })
    expect(refusals).toEqual(['failed'])
  })

  it('lets no stranger push out shoppers, and keeps no address', async () => {
    const sources: (string | undefined)[] = []
    const memory = memoryIdentityStore({ maxEntries: 20 })
    const store: typeof memory = {
      ...memory,
      put(key, identity, source) {
        sources.push(source)
        return memory.put(key, identity, source)
      },
    }
    let address = ''
    const { post, refusals } = await endpoint({ store, clientIp: () => address, perMinute: 1_000 })
    const tokenOf = (n: number) => `token-of-shopper-${n}`
    const shoppers = Array.from({ length: 15 }, (_, n) => n)
    for (const n of shoppers) {
      address = `203.0.113.${n}`
      await post({ ...GOOD, cart_token: tokenOf(n) })
    }
    for (let n = 0; n < 200; n++) {
      address = `2001:db8:1:2::${n}`
      await post({ ...GOOD, cart_token: `token-of-stranger-${n}` })
    }
    for (const n of shoppers)
      expect(await memory.find({ shop: SHOP, cartToken: tokenOf(n) })).toMatchObject({ fbp: FBP })
    expect(refusals).toEqual([])
    expect(new Set(sources).size).toBe(16)
    expect(sources.every((source) => /^[0-9a-f]{16}$/.test(source ?? ''))).toBe(true)
  })

  it('does not mind a JSON parser in front', async () => {
    const store = memoryIdentityStore()
    const app = express().use(express.json())
    app.post('/identity', identityEndpoint({ store, shops: { [SHOP]: [] } }))
    await fetch(`${await serve(app)}/identity?shop=${SHOP}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(GOOD),
    })
    expect(store.find({ shop: SHOP, cartToken: CART })).toMatchObject({ fbp: FBP })
  })
})

it('reads tokens in the three forms they come in', () => {
  expect(cleanToken(`${CART}?key=1a2b`)).toBe(CART)
  expect(cleanToken(`gid://shopify/Cart/${CART}?key=1a2b`)).toBe(CART)
  expect(cleanToken('5dba8a7c1f1e4a0c9f1b2d3c4e5f6a7b')).toBe('5dba8a7c1f1e4a0c9f1b2d3c4e5f6a7b')
  for (const wrong of ['', 'short', 'a'.repeat(129), `${CART} `, 42, null]) {
    expect(cleanToken(wrong)).toBeUndefined()
  }
})
