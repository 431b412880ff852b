import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { memoryOrderStore, type OrderStore, type OrderStoreOptions } from '../../src/index.ts'
import { sqliteIdentityStore, sqliteOrderStore } from '../../src/sqlite.ts'

const SHOP = 'kobalt.myshopify.com'
const OTHER = 'other.myshopify.com'
const DAY_MS = 86_400_000

function temporaryPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'capi-orders-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'made', 'orders.db')
}

function openSqlite(options: OrderStoreOptions = {}, path = temporaryPath()) {
  const store = sqliteOrderStore({ path, ...options })
  onTestFinished(() => store.close())
  return store
}

const STORES: readonly [string, (options?: OrderStoreOptions) => OrderStore][] = [
  ['memory', memoryOrderStore],
  ['SQLite', openSqlite],
]

describe.each(STORES)('an order store in %s', (_name, create) => {
  it('answers with all marks of an order, each once', async () => {
    const store = create()
    const order = { shop: SHOP, orderId: '1' }
    expect(await store.mark(order, 'pending')).toEqual(['pending'])
    expect(await store.mark(order, 'pending')).toEqual(['pending'])
    expect([...(await store.mark(order, 'paid'))].sort()).toEqual(['paid', 'pending'])
    expect([...(await store.mark(order, 'sold'))].sort()).toEqual(['paid', 'pending', 'sold'])
    expect(await store.mark({ shop: OTHER, orderId: '1' }, 'paid')).toEqual(['paid'])
    expect(await store.mark({ shop: SHOP, orderId: '11' }, 'paid')).toEqual(['paid'])
  })

  it('remembers an order for 90 days and longer, counted from its last mark', async () => {
    let nowMs = 0
    const store = create({ now: () => nowMs })
    const order = { shop: SHOP, orderId: '1' }
    await store.mark(order, 'pending')
    nowMs = 100 * DAY_MS
    expect([...(await store.mark(order, 'paid'))].sort()).toEqual(['paid', 'pending'])
    nowMs = 200 * DAY_MS
    expect([...(await store.mark(order, 'sold'))].sort()).toEqual(['paid', 'pending', 'sold'])
    nowMs = 321 * DAY_MS
    expect(await store.mark(order, 'paid')).toEqual(['paid'])
  })

  it('forgets orders, or a shop, and no other', async () => {
    const store = create()
    for (const [shop, orderId] of [
      [SHOP, '1'],
      [SHOP, '2'],
      [SHOP, '3'],
      [OTHER, '1'],
    ] as const)
      await store.mark({ shop, orderId }, 'pending')
    const marksOf = async (shop: string, orderId: string) =>
      (await store.mark({ shop, orderId }, 'paid')).length
    await store.forget(SHOP, ['1', '7'])
    expect(await marksOf(SHOP, '1')).toBe(1)
    expect(await marksOf(SHOP, '2')).toBe(2)
    await store.forget(SHOP)
    expect(await marksOf(SHOP, '3')).toBe(1)
    expect(await marksOf(OTHER, '1')).toBe(2)
  })

  it.each([0, 89 * DAY_MS, Number.NaN, '120 days'])('refuses to forget after %s ms', (ttlMs) => {
    expect(() => create({ ttlMs } as OrderStoreOptions)).toThrow('90 days or more')
  })
})

it('keeps to its bound in memory, and lets the longest unmarked go', async () => {
  const store = memoryOrderStore({ maxOrders: 3 })
  for (const orderId of ['1', '2', '3', '1', '4'])
    await store.mark({ shop: SHOP, orderId }, 'pending')
  expect(store.mark({ shop: SHOP, orderId: '1' }, 'paid')).toEqual(['pending', 'paid'])
  expect(store.mark({ shop: SHOP, orderId: '2' }, 'paid')).toEqual(['paid'])
})

it('survives a restart in SQLite, is shared, and stands in the file of the identity store', async () => {
  const path = temporaryPath()
  const identity = sqliteIdentityStore({ path })
  onTestFinished(() => identity.close())
  await identity.put({ shop: SHOP, cartToken: 'cart' }, { consent: 'ldu' })
  const first = sqliteOrderStore({ path })
  await first.mark({ shop: SHOP, orderId: '1' }, 'pending')
  await first.close()
  const [one, other] = [openSqlite({}, path), openSqlite({}, path)]
  const answers = await Promise.all([
    one.mark({ shop: SHOP, orderId: '1' }, 'paid'),
    other.mark({ shop: SHOP, orderId: '2' }, 'pending'),
  ])
  expect([...(answers[0] ?? [])].sort()).toEqual(['paid', 'pending'])
  expect([...(await one.mark({ shop: SHOP, orderId: '2' }, 'paid'))].sort()).toEqual([
    'paid',
    'pending',
  ])
  expect(await identity.find({ shop: SHOP, cartToken: 'cart' })).toEqual({ consent: 'ldu' })
})
