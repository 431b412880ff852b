import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { startTestShop } from './test-shop.ts'
import { pixelBlock, USER_AGENT, VISITOR_IP } from './visitor.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

const ANNA = { name: 'Anna Keller', email: ' Anna.Keller@Example.com ', phone: '+49 30 23125 042' }

describe('a visitor from an ad who buys a mug', () => {
  it('is told to Meta twice and under one id', async () => {
    const { client, emulator, emulatorUrl, visitor } = await startTestShop()

    await visitor.get('/products/mug?fbclid=AbC_d-E123')
    await visitor.post('/cart', { product: 'mug' })
    await visitor.get('/checkout')
    const bought = await visitor.post('/checkout', ANNA)
    const thanks = await visitor.get(bought.location ?? '')
    await visitor.runPixel(thanks, emulatorUrl)
    await client.flush()

    const [server, ...moreFromServer] = emulator.events({
      event_name: 'Purchase',
      source: 'server',
    })
    const [browser, ...moreFromBrowser] = emulator.events({
      event_name: 'Purchase',
      source: 'browser',
    })
    expect([...moreFromServer, ...moreFromBrowser]).toEqual([])
    expect(server).toMatchObject({
      pixel_id: '1234567890',
      event_id: expect.stringMatching(/^order\.\d+$/),
      payload: {
        action_source: 'website',
        custom_data: {
          value: 24,
          currency: 'EUR',
          content_ids: ['mug'],
          contents: [{ id: 'mug', quantity: 1, item_price: 24 }],
        },
        user_data: {
          client_ip_address: VISITOR_IP,
          client_user_agent: USER_AGENT,
          fbc: expect.stringMatching(/^fb\.\d\.\d+\.AbC_d-E123$/),
          fbp: expect.stringMatching(/^fb\.\d\.\d+\.\d+$/),
        },
      },
    })
    expect(JSON.stringify(server?.payload['user_data'])).toContain(
      sha256('anna.keller@example.com'),
    )
    expect(JSON.stringify(server?.payload['user_data'])).toContain(sha256('493023125042'))
    expect(browser?.event_id).toBe(server?.event_id)
    expect(emulator.pairs().pairs).toMatchObject([{ browser: browser?.id, server: server?.id }])
    expect(emulator.diagnostics()).toEqual([])
    expect(browser?.payload['custom_data']).toMatchObject({ currency: 'EUR', content_ids: ['mug'] })
  })

  it('gives every server event the id that its page repeats', async () => {
    const { client, emulator, visitor } = await startTestShop()

    const product = await visitor.get('/products/mug')
    await visitor.post('/cart', { product: 'mug' })
    const cart = await visitor.get('/cart')
    const checkout = await visitor.get('/checkout')
    const bought = await visitor.post('/checkout', ANNA)
    const thanks = await visitor.get(bought.location ?? '')
    await client.flush()

    const fromPages = [product, cart, checkout, thanks].flatMap((page) => pixelBlock(page).events)
    const fromServer = emulator.events({ source: 'server' })
    expect(fromPages.map((event) => event.event_name)).toEqual([
      'ViewContent',
      'AddToCart',
      'InitiateCheckout',
      'Purchase',
    ])
    expect(fromServer.map(({ event_name, event_id }) => [event_name, event_id])).toEqual(
      fromPages.map(({ event_name, event_id }) => [event_name, event_id]),
    )
  })

  it('buys once, however often the button is pressed or the last page is loaded', async () => {
    const { client, emulator, visitor } = await startTestShop()

    await visitor.post('/cart', { product: 'bowl' })
    const first = await visitor.post('/checkout', ANNA)
    const second = await visitor.post('/checkout', ANNA)
    const once = await visitor.get(first.location ?? '')
    const again = await visitor.get(first.location ?? '')
    await client.flush()

    expect(first.status).toBe(303)
    expect(second.location).toBe(first.location)
    expect(pixelBlock(again)).toEqual(pixelBlock(once))
    expect(emulator.events({ event_name: 'Purchase' })).toHaveLength(1)
  })

  it('repeats AddToCart on the next cart page only', async () => {
    const { visitor } = await startTestShop()

    await visitor.post('/cart', { product: 'vase' })
    const cart = await visitor.get('/cart')
    const reloaded = await visitor.get('/cart')

    expect(pixelBlock(cart).events).toHaveLength(1)
    expect(pixelBlock(reloaded).events).toEqual([])
  })
})

describe('the shop', () => {
  it('is healthy', async () => {
    const { visitor } = await startTestShop()
    expect(await visitor.get('/health')).toMatchObject({ status: 200, text: 'ok' })
  })

  it('serves the style sheet', async () => {
    const { visitor } = await startTestShop()
    expect((await visitor.get('/shop.css')).status).toBe(200)
  })

  it('tracks nothing for what it does not sell', async () => {
    const { client, visitor } = await startTestShop()

    const page = await visitor.get('/products/teapot')

    expect(page.status).toBe(404)
    expect((await client.stats()).tracked).toBe(0)
  })

  it('changes and removes what is in the cart', async () => {
    const { visitor } = await startTestShop()

    await visitor.post('/cart', { product: 'mug' })
    await visitor.post('/cart/mug', { quantity: '3' })
    const three = await visitor.get('/cart')
    await visitor.post('/cart/mug', { quantity: '0' })
    const none = await visitor.get('/cart')

    expect(three.text).toContain('€72.00')
    expect(none.text).toContain('Your cart is empty')
  })

  it('asks again for what is missing, without an order and with nothing run as markup', async () => {
    const { client, emulator, visitor } = await startTestShop()

    await visitor.post('/cart', { product: 'mug' })
    const page = await visitor.post('/checkout', { ...ANNA, email: '"><script>alert(1)</script>' })
    await client.flush()

    expect(page.status).toBe(422)
    expect(page.text).toContain('Please enter an e-mail address')
    expect(page.text).not.toContain('<script>alert')
    expect(emulator.events({ event_name: 'Purchase' })).toEqual([])
  })

  it('shows an order to nobody else', async () => {
    const { shopUrl, visitor } = await startTestShop()

    await visitor.post('/cart', { product: 'mug' })
    const { location } = await visitor.post('/checkout', ANNA)
    const stranger = await fetch(new URL(location ?? '', shopUrl))

    expect(stranger.status).toBe(404)
  })
})
