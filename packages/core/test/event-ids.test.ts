import { beforeEach, expect, it, vi } from 'vitest'
import { page, person, testWorld, type World } from './test-world.ts'

let world: World

beforeEach(() => {
  world = testWorld()
})

const sale = (event_id: unknown) => ({ ...page, ...person, event_id: event_id as string })
const value = { value: 1, currency: 'EUR' } as const

it('sends all sales whose ids stand for nothing, each under an id of its own', async () => {
  const capi = world.client()
  const receipts = [
    await capi.track('Purchase', value, sale('undefined')),
    await capi.track('Purchase', value, sale('undefined')),
    await capi.track('Purchase', value, sale('{{order.id}}')),
    await capi.track('Purchase', value, sale('order-Invalid Date')),
  ]
  expect(receipts.map(({ outcome }) => outcome)).toEqual(Array(4).fill('accepted'))
  expect(new Set(receipts.map(({ event_id }) => event_id)).size).toBe(4)
  for (const { issues } of receipts)
    expect(issues).toMatchObject([{ path: 'event_id', code: 'event_id_missing' }])
  expect(await capi.flush()).toMatchObject({ delivered: 4 })
})

it('still knows an id that was given a second time', async () => {
  const capi = world.client()
  expect(await capi.track('Purchase', value, sale(1001))).toMatchObject({ outcome: 'accepted' })
  expect(await capi.track('Purchase', value, sale('1001'))).toMatchObject({ outcome: 'duplicate' })
})

it('answers with the id that is sent, also for an event that is dropped', async () => {
  const capi = world.client()
  const cut = sale('order.\ud83d')
  const sent = await capi.track('Purchase', value, cut)
  const invalid = await capi.track('Purchase', {} as never, cut)
  const denied = await capi.with({ consent: 'denied' }).track('Purchase', value, cut)
  for (const { event_id } of [sent, invalid, denied]) expect(event_id).toBe('order.\ufffd')
})

it.each([
  ['null', 'event_id_missing'],
  [Number('1234567890123456789'), 'number_lost_digits'],
  ['1.23457E+15', 'number_lost_digits'],
  [1.5, 'event_id_invalid'],
])('reports the id %s also where consent is denied', async (event_id, code) => {
  const onIssue = vi.fn()
  const capi = world.client({ onIssue })
  const receipt = await capi.with({ consent: 'denied' }).track('Purchase', value, sale(event_id))
  expect(receipt).toMatchObject({ outcome: 'dropped', reason: 'consent', issues: [{ code }] })
  expect(receipt.event_id).toMatch(/^[0-9a-f-]{36}$/)
  expect(onIssue.mock.calls).toMatchObject([[{ path: 'event_id', code }, {}]])
})

it.each([
  'order-undefined',
  'order.null',
  'Order #NaN',
  'undefined.Purchase',
  'shop2-undefined',
  '[object Promise]',
  'false',
])('takes the id %s for none: the next sale would have the same', async (event_id) => {
  const { issues } = await world.client().track('Purchase', value, sale(event_id))
  expect(issues).toMatchObject([{ path: 'event_id', code: 'event_id_missing' }])
})

it.each(['null-island.1001', 'undefined-1712345678', 'nullify', 'order.true', 'voidnull7'])(
  'keeps the id %s, which distinguishes one event from another',
  async (event_id) => {
    const receipt = await world.client().track('Purchase', value, sale(event_id))
    expect(receipt).toMatchObject({ event_id, issues: [] })
  },
)
