import { createEmulator } from '@capi/emulator'
import { expect, it } from 'vitest'
import { JobQueue } from '../src/jobs/job-queue.ts'
import { ANNA, startShop } from './test-shop.ts'

const ORDER = { email: 'anna.muster@example.com', items: [{ product: 'mug', quantity: 2 }] }

it('tracks a product that was looked at', async () => {
  const { get, recorder } = await startShop()
  const response = await get('/products/mug?fbclid=AbC')
  expect(await response.json()).toMatchObject({ id: 'mug', price: 24 })
  expect(await recorder.events()).toMatchObject([
    {
      event_name: 'ViewContent',
      custom_data: { content_ids: ['mug'], value: 24 },
      user_data: {
        client_ip_address: '203.0.113.7',
        external_id: [expect.any(String)],
        fbc: expect.stringMatching(/\.AbC$/),
      },
    },
  ])
})

it('tracks no product there is not', async () => {
  const { get, recorder } = await startShop()
  expect((await get('/products/teapot')).status).toBe(404)
  expect(await recorder.events()).toEqual([])
})

it('tracks a purchase, and tells the page the id of its copy', async () => {
  const { post, recorder } = await startShop()
  const response = await post('/orders', ORDER)
  expect(response.status).toBe(201)
  expect(await response.json()).toMatchObject({ order: { total: 48 }, eventId: 'order.1001' })
  expect(await recorder.events('Purchase')).toMatchObject([
    {
      event_id: 'order.1001',
      custom_data: { value: 48, currency: 'EUR', contents: [{ id: 'mug', quantity: 2 }] },
      user_data: { em: [expect.stringMatching(/^[0-9a-f]{64}$/)] },
    },
  ])
  expect(recorder.issues()).toEqual([])
})

it('tracks the shipping later, of the visitor who ordered', async () => {
  const { app, get, post, recorder } = await startShop()
  await post('/orders', ORDER)
  await get('/products/bowl', {
    ...ANNA,
    'x-forwarded-for': '198.51.100.9',
    'x-customer-id': 'other',
  })
  await app.get(JobQueue).run()
  const [purchase] = await recorder.events('Purchase')
  const [shipped] = await recorder.events('OrderShipped')
  expect(shipped).toMatchObject({ event_id: 'shipped.1001', action_source: 'website' })
  expect(shipped?.user_data).toEqual(purchase?.user_data)
})

it.each([
  ['without consent', { ...ANNA, 'x-consent': 'denied' }],
  ['of a bot', { ...ANNA, 'user-agent': 'Googlebot/2.1' }],
])('tracks nothing %s', async (_name, headers) => {
  const { app, get, post, recorder } = await startShop()
  await get('/products/mug', headers)
  expect((await post('/orders', ORDER, headers)).status).toBe(201)
  await app.get(JobQueue).run()
  expect(await recorder.events()).toEqual([])
})

it('gives the page no event id for an order under a no: its Pixel has nothing to report', async () => {
  const { post } = await startShop()
  const response = await post('/orders', ORDER, { ...ANNA, 'x-consent': 'denied' })
  expect(Object.keys((await response.json()) as object)).toEqual(['order'])
})

it.each([
  [{}, 'email'],
  [{ email: 'anna@example.com', items: [] }, 'items'],
  [{ email: 'anna@example.com', items: [{ product: 'mug', quantity: 0 }] }, 'items'],
])('refuses the order %j', async (order, field) => {
  const { post, recorder } = await startShop()
  const response = await post('/orders', order)
  expect(response.status).toBe(400)
  expect(await response.text()).toContain(field)
  expect(await recorder.events()).toEqual([])
})

it('is healthy, and tells how the delivery stands', async () => {
  const { get, post } = await startShop()
  await post('/orders', ORDER)
  expect(await (await get('/health')).text()).toBe('ok')
  expect(await (await get('/health/meta')).json()).toMatchObject({
    status: 'ok',
    details: { meta: { tracked: 1 } },
  })
})

it('sends what the emulator, in Meta’s place, takes', async () => {
  const emulator = createEmulator()
  const { app, get, post, recorder } = await startShop({ fetch: emulator.fetch })
  await get('/products/vase?fbclid=AbC')
  await post('/orders', ORDER)
  await app.get(JobQueue).run()
  await recorder.events()
  expect(emulator.events().map(({ event_name, status }) => [event_name, status])).toEqual([
    ['ViewContent', 'processed'],
    ['Purchase', 'processed'],
    ['OrderShipped', 'processed'],
  ])
})
