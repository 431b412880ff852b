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
