import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { startTestShop } from './test-shop.ts'
import { createVisitor, pixelBlock, USER_AGENT, VISITOR_IP } from './visitor.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

describe('the banner', () => {
  it('is answered before Meta is told anything', async () => {
    const { client, emulator, shopUrl } = await startTestShop()
    const visitor = createVisitor(shopUrl, 'none')

    const page = await visitor.get('/products/mug?fbclid=AbC')
    await client.flush()

    expect(page.text).toContain('May we tell Meta')
    expect(pixelBlock(page)).toBeNull()
    expect([...visitor.cookies.keys()]).toEqual([])
    expect(emulator.events()).toEqual([])
    expect((await client.stats()).dropped.consent).toBe(1)
  })

  it('leads back to the page, whose click then counts', async () => {
    const { client, emulator, shopUrl } = await startTestShop()
    const visitor = createVisitor(shopUrl, 'none')

    const path = '/products/mug?fbclid=AbC'
    const answered = await visitor.post('/consent', { choice: 'granted', back: path })
    const page = await visitor.get(answered.location ?? '')
    await client.flush()

    expect(answered.location).toBe(path)
    expect(page.text).not.toContain('May we tell Meta')
    expect(visitor.cookies.get('_fbc')).toMatch(/\.AbC$/)
    expect(emulator.events()).toMatchObject([{ event_name: 'ViewContent' }])
  })

  it('that was answered with no keeps the shop silent, and working', async () => {
    const { client, emulator, shopUrl } = await startTestShop()
    const visitor = createVisitor(shopUrl, 'denied')

    await visitor.post('/cart', { product: 'mug' })
    const bought = await visitor.post('/checkout', {
      name: 'Anna Keller',
      email: 'anna.keller@example.com',
      phone: '+49 30 23125 042',
    })
    const thanks = await visitor.get(bought.location ?? '')
    await client.flush()

    expect(thanks.text).toContain('Thank you, Anna')
    expect(thanks.text).not.toContain('What was sent')
    expect([...visitor.cookies.keys()]).toEqual(['kobalt_consent', 'kobalt_session'])
    expect(emulator.events()).toEqual([])
  })

  it.each(['//evil.example', 'https://evil.example', '/\\evil.example', ''])(
    'leads to no other site: %s',
    async (back) => {
      const { visitor } = await startTestShop()
      expect((await visitor.post('/consent', { choice: 'denied', back })).location).toBe('/')
    },
  )
})

describe('an order', () => {
  const ANNA = {
    name: 'Anna Keller',
    email: 'anna.keller@example.com',
    phone: '+49 30 23125 042',
  }

  it.each([
    ['a no', 'denied'],
    ['an open question', 'none'],
  ] as const)('bought under %s is reported by nobody, also after a yes', async (_under, answer) => {
    const { client, emulator, shopUrl } = await startTestShop()
    const visitor = createVisitor(shopUrl, answer)
    await visitor.post('/cart', { product: 'mug' })
    const { location } = await visitor.post('/checkout', ANNA)
    const path = location ?? ''

    const allowed = await visitor.post('/consent', { choice: 'granted', back: path })
    const thanks = await visitor.get(allowed.location ?? '')
    const reloaded = await visitor.get(path)
    await client.flush()

    expect(allowed.location).toBe(path)
    expect(thanks.text).toContain('You bought this before you allowed it')
    for (const page of [thanks, reloaded]) expect(pixelBlock(page).events).toEqual([])
    expect(emulator.events()).toEqual([])
  })

  it('bought under a yes is reported by neither side again after a no, and once after another yes', async () => {
    const { client, emulator, emulatorUrl, visitor } = await startTestShop()
    await visitor.post('/cart', { product: 'mug' })
    const { location } = await visitor.post('/checkout', ANNA)
    const path = location ?? ''

    await visitor.post('/consent', { choice: 'denied', back: path })
    const refused = await visitor.get(path)
    await visitor.post('/consent', { choice: 'granted', back: path })
    await visitor.runPixel(await visitor.get(path), emulatorUrl)
    await client.flush()

    expect(pixelBlock(refused)).toBeNull()
    expect(emulator.pairs().pairs).toMatchObject([{ event_name: 'Purchase' }])
  })

  it('links to its own pair in the emulator', async () => {
    const { emulatorUrl, visitor } = await startTestShop()
    await visitor.post('/cart', { product: 'mug' })
    const { location } = await visitor.post('/checkout', ANNA)
    const thanks = await visitor.get(location ?? '')

    const [event] = pixelBlock(thanks).events
    expect(event?.event_id).toMatch(/^order\.\d+$/)
    expect(thanks.text).toContain(`href="${emulatorUrl}/#/pairs?event_id=${event?.event_id}"`)
  })
})

it('does not repeat to the Pixel what was put into the cart under a no', async () => {
  const { client, emulator, shopUrl } = await startTestShop()
  const visitor = createVisitor(shopUrl, 'denied')
  await visitor.post('/cart', { product: 'mug' })
  await visitor.post('/account', { email: 'anna@example.com' })

  await visitor.post('/consent', { choice: 'granted', back: '/cart' })
  const cart = await visitor.get('/cart')
  await client.flush()

  expect(pixelBlock(cart).events).toEqual([])
  expect(emulator.events()).toEqual([])
})

describe('a visitor who is logged in', () => {
  it('is named by a hash in every event', async () => {
    const { client, emulator, visitor } = await startTestShop()

    await visitor.post('/account', { email: 'Anna@Example.com' })
    await visitor.get('/products/mug')
    await visitor.post('/logout', {})
    await visitor.get('/products/vase')
    await client.flush()

    const em = [sha256('anna@example.com')]
    const [registered, viewed, later] = emulator.events({ source: 'server' })
    expect(registered).toMatchObject({
      event_name: 'CompleteRegistration',
      payload: { user_data: { em } },
    })
    expect(viewed).toMatchObject({ event_name: 'ViewContent', payload: { user_data: { em } } })
    expect(later?.payload['user_data']).not.toHaveProperty('em')
    expect(later?.payload['user_data']).toHaveProperty('external_id')
  })
})

describe('what a page sends to the shop', () => {
  const saved = {
    event_name: 'AddToWishlist',
    event_id: 'saved.1',
    custom_data: { content_ids: ['mug'], value: 24, currency: 'EUR' },
  }

  it('is told to Meta with the address and browser the shop saw', async () => {
    const { client, emulator, shopUrl } = await startTestShop()

    const answer = await fetch(`${shopUrl}/events`, {
      method: 'POST',
      body: JSON.stringify({ ...saved, event_source_url: `${shopUrl}/products/mug` }),
      headers: {
        origin: shopUrl,
        cookie: 'kobalt_consent=granted',
        'content-type': 'text/plain',
        'user-agent': USER_AGENT,
        'x-forwarded-for': VISITOR_IP,
      },
    })
    await client.flush()

    expect(answer.status).toBe(204)
    expect(emulator.events()).toMatchObject([
      {
        event_id: 'saved.1',
        payload: {
          event_source_url: `${shopUrl}/products/mug`,
          user_data: { client_ip_address: VISITOR_IP, client_user_agent: USER_AGENT },
        },
      },
    ])
  })

  it.each(['https://evil.example', 'null'])('from %s is not', async (origin) => {
    const { client, emulator, shopUrl } = await startTestShop()

    const answer = await fetch(`${shopUrl}/events`, {
      method: 'POST',
      body: JSON.stringify(saved),
      headers: { origin, cookie: 'kobalt_consent=granted', 'content-type': 'text/plain' },
    })
    await client.flush()

    expect(answer.status).toBe(204)
    expect(emulator.events()).toEqual([])
  })
})
