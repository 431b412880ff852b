import { readFileSync } from 'node:fs'
import { createContext, runInContext } from 'node:vm'
import { script } from '@capi/browser/script'
import { describe, expect, it } from 'vitest'
import { CART_ATTRIBUTES } from '../../src/index.ts'
import { SHOP } from '../webhook/test-shop.ts'
import { COOKIE, FBP } from './sandbox.ts'

const SOURCE = readFileSync(`${import.meta.dirname}/../../storefront/capi-theme.js`, 'utf8')

interface Call {
  readonly address: string
  readonly type: string | undefined
  readonly body: Record<string, unknown>
}

interface PageOptions {
  readonly marketing?: boolean
  readonly sale?: boolean
  readonly items?: number
  readonly search?: string
  readonly endpoint?: string
  readonly withoutPrivacy?: boolean
  readonly withoutCapi?: boolean
}

/** A page of an online store in small: what the snippet touches, and nothing else. */
function page(options: PageOptions = {}) {
  const calls: Call[] = []
  const cookies = new Map([['_fbp', FBP]])
  const storage = new Map<string, string>()
  const state = { marketing: true, sale: true, items: 1, search: '', ...options }
  let onConsent: () => unknown = () => undefined
  let onResources: (list: { getEntries(): { name: string }[] }) => unknown = () => undefined
  const settle = async () => {
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve))
  }
  const Shopify = {
    shop: SHOP,
    routes: { root: '/de/' },
    customerPrivacy: {
      marketingAllowed: () => state.marketing,
      saleOfDataAllowed: () => state.sale,
    },
    loadFeatures: (_features: unknown, callback: (error?: Error) => void) =>
      callback(options.withoutPrivacy ? new Error('blocked') : undefined),
  }
  const window = {
    Shopify,
    location: new URL(`https://kobalt.example/${state.search}`),
    sessionStorage: {
      getItem: (key: string) => storage.get(key) ?? null,
      setItem: (key: string, value: string) => storage.set(key, value),
    },
  }
  const document = {
    currentScript: { dataset: { endpoint: options.endpoint } },
    get cookie() {
      return [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    },
    set cookie(text: string) {
      const [, name = '', value = '', domain] = COOKIE.exec(text) ?? []
      if (domain !== 'example') cookies.set(name, value)
    },
    addEventListener: (_name: string, listener: () => unknown) => {
      onConsent = listener
    },
  }
  class PerformanceObserver {
    constructor(listener: typeof onResources) {
      onResources = listener
    }
    observe() {}
  }
  const fetch = async (
    address: string,
    init?: { body: string; headers: Record<string, string> },
  ) => {
    if (init)
      calls.push({ address, type: init.headers['Content-Type'], body: JSON.parse(init.body) })
    return {
      json: async () => ({ token: 'Z2NwLWV1cm9wZS13ZXN0MTowMUo?key=abc', item_count: state.items }),
    }
  }
  const globals = {
    window,
    document,
    fetch,
    PerformanceObserver,
    location: window.location,
    navigator: { userAgent: '' },
    addEventListener: () => undefined,
    setTimeout: () => undefined,
  }
  const context = createContext(globals)
  const load = async () => {
    if (!options.withoutCapi) runInContext(script.text, context)
    runInContext(SOURCE, context)
    await settle()
  }
  return {
    calls,
    cookies,
    state,
    load,
    async decide(marketing: boolean) {
      state.marketing = marketing
      onConsent()
      await settle()
    },
    async add(name = 'https://kobalt.example/cart/add.js') {
      state.items++
      onResources({ getEntries: () => [{ name }] })
      await settle()
    },
  }
}

describe('the theme snippet', () => {
  it('writes the attributes that the mapper reads, and tells the server', async () => {
    const shop = page({ endpoint: 'https://app.example/capi/identity', search: '?fbclid=AbC_d-E' })
    await shop.load()
    const fbc = expect.stringMatching(/^fb\.1\.\d{13}\.AbC_d-E$/)
    expect(shop.calls).toEqual([
      {
        address: '/de/cart/update.js',
        type: 'application/json',
        body: {
          attributes: {
            [CART_ATTRIBUTES.fbp]: FBP,
            [CART_ATTRIBUTES.fbc]: fbc,
            [CART_ATTRIBUTES.consent]: 'granted',
          },
        },
      },
      {
        address: `https://app.example/capi/identity?shop=${SHOP}`,
        type: 'text/plain',
        body: {
          cart_token: 'Z2NwLWV1cm9wZS13ZXN0MTowMUo?key=abc',
          consent: 'granted',
          fbp: FBP,
          fbc,
          page: 'https://kobalt.example/',
        },
      },
    ])
  })

  it('does it once, and again when something changed', async () => {
    const shop = page()
    await shop.load()
    await shop.load()
    expect(shop.calls).toHaveLength(1)
    shop.cookies.set('_fbc', 'fb.1.1596403881668.AbC')
    await shop.load()
    expect(shop.calls).toHaveLength(2)
  })

  it('leaves an empty cart alone, and sees when it fills without a new page', async () => {
    const shop = page({ items: 0 })
    await shop.load()
    expect(shop.calls).toEqual([])
    await shop.add()
    expect(shop.calls).toHaveLength(1)
    await shop.add('https://kobalt.example/cart/update.js')
    expect(shop.calls).toHaveLength(1)
  })

  it('writes no id without consent, takes back those written, and heeds a later answer', async () => {
    const shop = page({ marketing: false, search: '?fbclid=AbC' })
    await shop.load()
    expect(shop.calls.at(-1)?.body).toEqual({
      attributes: { __capi_fbp: '', __capi_fbc: '', __capi_consent: 'denied' },
    })
    expect(shop.cookies.has('_fbc')).toBe(false)
    await shop.decide(true)
    expect(shop.calls.at(-1)?.body).toMatchObject({
      attributes: { __capi_fbp: FBP, __capi_consent: 'granted' },
    })
    await shop.decide(false)
    expect(shop.calls.at(-1)?.body).toMatchObject({
      attributes: { __capi_fbp: '', __capi_consent: 'denied' },
    })
  })

  it('takes nothing for a click that is none', async () => {
    const shop = page({ search: '?fbclid=x;%20domain=evil.example' })
    await shop.load()
    expect([...shop.cookies.keys()]).toEqual(['_fbp'])
  })

  it('passes on that the sale of data was refused', async () => {
    const shop = page({ sale: false })
    await shop.load()
    expect(shop.calls[0]?.body).toMatchObject({ attributes: { __capi_consent: 'ldu' } })
  })

  it('does nothing where the consent cannot be read', async () => {
    const shop = page({ withoutPrivacy: true })
    await shop.load()
    expect(shop.calls).toEqual([])
  })

  it('names the file that is missing before it', async () => {
    await expect(page({ withoutCapi: true }).load()).rejects.toThrow(
      'needs capi.js of @capi/browser',
    )
  })
})
