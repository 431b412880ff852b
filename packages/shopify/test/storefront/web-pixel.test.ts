import { createEmulator } from '@capi/emulator'
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import {
  checkoutEventId,
  identityEndpoint,
  memoryIdentityStore,
  purchaseEventId,
} from '../../src/index.ts'
import { deliver, expressShop, SHOP, serve, testShop, UA, webOrder } from '../webhook/test-shop.ts'
import { ALLOWED, FBP, sandbox } from './sandbox.ts'

const TOKEN = '5dba8a7c1f1e4a0c9f1b2d3c4e5f6a7b'
const CHECKOUT = {
  token: TOKEN,
  currencyCode: 'EUR',
  totalPrice: { amount: 25, currencyCode: 'EUR' },
  lineItems: [{ quantity: 2, variant: { id: '22' } }],
  order: null as { id: string } | null,
}

/** The app's endpoint and the emulator, over HTTP, as the pixel finds them. */
async function backend() {
  const store = memoryIdentityStore()
  const emulator = createEmulator()
  const { url } = await emulator.listen({ port: 0 })
  onTestFinished(() => emulator.close())
  const refused: string[] = []
  const endpoint = await serve(
    identityEndpoint({ store, shops: { [SHOP]: [] }, onRefused: (reason) => refused.push(reason) }),
  )
  const realFetch = globalThis.fetch
  const asked: string[] = []
  // Node's fetch has no page: it sends no Origin, as a worker's request may.
  vi.stubGlobal('fetch', (address: string, init: RequestInit = {}) => {
    asked.push(address)
    return realFetch(address, {
      ...init,
      mode: 'cors',
      headers: { ...(init.headers as Record<string, string>), 'user-agent': UA },
    })
  })
  const known = () => store.find({ shop: SHOP, checkoutToken: TOKEN })
  return {
    settings: { endpoint, pixelId: '1234567890', pixelUrl: `${url}/tr` },
    emulator,
    known,
    asked,
    refused,
  }
}

afterEach(() => vi.unstubAllGlobals())

describe('the web pixel', () => {
  it('tells the server whose checkout it is, by the token the order will carry', async () => {
    const { settings, known } = await backend()
    const { publish } = await sandbox({ endpoint: settings.endpoint })
    await publish('checkout_started', { checkout: CHECKOUT })
    expect(known()).toEqual({
      fbp: FBP,
      consent: 'granted',
      client_user_agent: UA,
      event_source_url: 'https://kobalt.example/',
    })
  })

  it('sends the copies of the browser under the ids of the server', async () => {
    const { settings, emulator } = await backend()
    const { publish } = await sandbox(settings)
    await publish('checkout_started', { checkout: CHECKOUT })
    await publish('checkout_completed', {
      checkout: { ...CHECKOUT, order: { id: 'gid://shopify/Order/5512345678901' } },
    })
    expect(
      emulator.events().map(({ source, event_name, event_id }) => [source, event_name, event_id]),
    ).toEqual([
      ['browser', 'InitiateCheckout', checkoutEventId(TOKEN)],
      ['browser', 'Purchase', purchaseEventId('5512345678901')],
    ])
    expect(emulator.events().at(-1)?.payload).toMatchObject({
      event_source_url: 'https://kobalt.example/',
    })
    expect(JSON.stringify(emulator.events())).not.toContain('checkouts/cn')
  })

  it('and the webhook tell of a sale that Meta counts once', async () => {
    const shop = testShop()
    const { url } = await shop.emulator.listen({ port: 0 })
    onTestFinished(() => shop.emulator.close())
    const { settings } = await backend()
    const { publish } = await sandbox({ ...settings, pixelUrl: `${url}/tr` })
    await publish('checkout_completed', { checkout: { ...CHECKOUT, order: { id: '1001' } } })
    await deliver(await expressShop(shop), webOrder(1001))
    const events = await shop.delivered()
    expect(events.map(({ source, status }) => [source, status])).toEqual([
      ['browser', 'processed'],
      ['server', 'deduplicated'],
    ])
  })

  it('keeps the click of a landing page, once', async () => {
    const { settings, known } = await backend()
    const { publish, cookies } = await sandbox(settings)
    await publish('page_viewed', {}, 'https://kobalt.example/?fbclid=AbC_d-E')
    const fbc = cookies.get('_fbc')
    expect(fbc).toMatch(/^fb\.1\.\d{13}\.AbC_d-E$/)
    await publish('page_viewed', {}, 'https://kobalt.example/?fbclid=AbC_d-E')
    expect(cookies.get('_fbc')).toBe(fbc)
    await publish('page_viewed', {}, 'https://kobalt.example/?fbclid=x;%20domain=evil.example')
    expect(cookies.get('_fbc')).toBe(fbc)
    await publish('checkout_started', { checkout: CHECKOUT })
    expect(known()).toMatchObject({ fbc })
  })

  it('sends no id without consent, and says so, that the order be left out too', async () => {
    const { settings, emulator, known } = await backend()
    const { publish, cookies, decide } = await sandbox(settings, {
      ...ALLOWED,
      marketingAllowed: false,
    })
    await publish('page_viewed', {}, 'https://kobalt.example/?fbclid=AbC')
    await publish('checkout_started', { checkout: CHECKOUT })
    expect(known()).toEqual({ consent: 'denied' })
    expect(cookies.has('_fbc')).toBe(false)
    expect(emulator.events()).toEqual([])
    await decide(ALLOWED)
    expect(known()).toMatchObject({ consent: 'granted', fbp: FBP })
    await decide({ ...ALLOWED, marketingAllowed: false })
    expect(known()).toEqual({ consent: 'denied' })
  })

  it('limits the use of data where its sale was refused', async () => {
    const { settings, asked, known } = await backend()
    const { publish } = await sandbox(settings, { ...ALLOWED, saleOfDataAllowed: false })
    await publish('checkout_started', { checkout: CHECKOUT })
    expect(known()).toMatchObject({ consent: 'ldu', fbp: FBP })
    expect(asked.at(-1)).toContain('&dpo=LDU&dpoco=0&dpost=0')
  })

  it('costs the shop nothing when nobody listens', async () => {
    const { publish } = await sandbox({ endpoint: 'http://127.0.0.1:9', pixelId: '1234567890' })
    await expect(publish('checkout_completed', { checkout: CHECKOUT })).resolves.toBeUndefined()
    await expect(publish('checkout_completed', {})).resolves.toBeUndefined()
  })
})
