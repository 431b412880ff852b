import { vi } from 'vitest'
import { SHOP } from '../webhook/test-shop.ts'

export const FBP = 'fb.1.1596403881668.1116446470'
export const ALLOWED = {
  analyticsProcessingAllowed: true,
  marketingAllowed: true,
  preferencesProcessingAllowed: true,
  saleOfDataAllowed: true,
}

/** Name, value and domain; no browser keeps a cookie of a top-level domain. */
export const COOKIE: RegExp = /^([^=]+)=([^;]*).*;domain=(.*)$/

type Subscriber = (event: unknown) => unknown

/**
 * Shopify's sandbox in small: `shopify.extend` calls the pixel with its API, cookies are asynchronous, and there is no
 * document. Source: @shopify/web-pixels-extension 2.18.0, register.ts and types, read 2026-11.
 */
export async function sandbox(settings: object, privacy = ALLOWED, paymentSettings?: object) {
  const cookies = new Map<string, string>([['_fbp', FBP]])
  const subscribers = new Map<string, Subscriber>()
  const bus = { subscribe: (name: string, callback: Subscriber) => subscribers.set(name, callback) }
  const api = {
    analytics: bus,
    customerPrivacy: bus,
    browser: {
      cookie: {
        get: async (name: string) => cookies.get(name) ?? '',
        set: async (text: string) => {
          const [, name = '', value = '', domain] = COOKIE.exec(text) ?? []
          if (domain !== 'example') cookies.set(name, value)
          return text
        },
      },
    },
    init: { data: { shop: { myshopifyDomain: SHOP, paymentSettings } }, customerPrivacy: privacy },
    settings,
  }
  vi.stubGlobal('shopify', {
    extend: (_point: string, extend: (given: typeof api) => void) => extend(api),
  })
  vi.resetModules()
  await import(/* @vite-ignore */ `${import.meta.dirname}/../../storefront/web-pixel.js`)
  const publish = async (
    name: string,
    data: object,
    href = 'https://kobalt.example/checkouts/cn/abc',
  ) => {
    const { origin, pathname } = new URL(href)
    const context = { document: { location: { href, origin, pathname } } }
    await subscribers.get(name)?.({ id: `sh-${name}`, name, data, context })
  }
  const decide = (customerPrivacy: object) =>
    subscribers.get('visitorConsentCollected')?.({ customerPrivacy })
  return { cookies, publish, decide }
}
