import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it, onTestFinished } from 'vitest'
import { APPLICATION_ID, MIGRATIONS } from '../../src/identity/identity-schema.ts'
import type { Identity, IdentityKey, IdentityStore, IdentityStoreOptions } from '../../src/index.ts'
import { memoryIdentityStore } from '../../src/index.ts'
import { sqliteIdentityStore } from '../../src/sqlite.ts'

const FBP = 'fb.1.1596403881668.1116446470'
const FBC = 'fb.1.1596403881668.AbC_d-E'
const SHOP = 'kobalt.myshopify.com'
const OTHER = 'other.myshopify.com'

function temporaryPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'capi-identity-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'made', 'identity.db')
}

function openSqlite(options: IdentityStoreOptions = {}, path = temporaryPath()) {
  const store = sqliteIdentityStore({ path, ...options })
  onTestFinished(() => store.close())
  return store
}

async function findAll(store: IdentityStore, keys: readonly IdentityKey[]) {
  const found = []
  for (const key of keys) found.push(await store.find(key))
  return found
}

const STORES: readonly [string, (options?: IdentityStoreOptions) => IdentityStore][] = [
  ['memory', memoryIdentityStore],
  ['SQLite', openSqlite],
]

describe.each(STORES)('an identity store in %s', (_name, create) => {
  it('finds by checkout, completed by the cart', async () => {
    const store = create()
    await store.put({ shop: SHOP, cartToken: 'cart' }, { fbp: 'old', fbc: FBC })
    await store.put({ shop: SHOP, checkoutToken: 'checkout' }, { fbp: FBP })
    expect(await store.find({ shop: SHOP, cartToken: 'cart', checkoutToken: 'checkout' })).toEqual({
      fbp: FBP,
      fbc: FBC,
    })
    expect(await store.find({ shop: SHOP, checkoutToken: 'cart' })).toBeUndefined()
    expect(await store.find({ shop: OTHER, checkoutToken: 'checkout' })).toBeUndefined()
    expect(await store.find({ shop: SHOP })).toBeUndefined()
  })

  it('adds to what it knows, and keeps nothing beside a refusal', async () => {
    const store = create()
    const key = { shop: SHOP, checkoutToken: 'checkout' }
    await store.put(key, { fbp: FBP, consent: 'granted' })
    await store.put(key, { fbc: FBC })
    expect(await store.find(key)).toEqual({ fbp: FBP, fbc: FBC, consent: 'granted' })
    await store.put(key, { consent: 'denied' })
    expect(await store.find(key)).toEqual({ consent: 'denied' })
  })

  it('believes what was heard last, of the cart or of the checkout', async () => {
    let nowMs = 0
    const store = create({ now: () => nowMs })
    const cart = { shop: SHOP, cartToken: 'cart' }
    const checkout = { shop: SHOP, checkoutToken: 'checkout' }
    const heard = async (key: IdentityKey, identity: Identity) => {
      nowMs++
      await store.put(key, identity)
      return await store.find({ ...cart, ...checkout })
    }
    const no = { consent: 'denied' } as const
    const yes = { consent: 'granted', fbp: FBP } as const
    expect(await heard(cart, yes)).toEqual(yes)
    expect(await heard(checkout, no)).toEqual(no)
    expect(await heard(cart, yes)).toEqual(yes)
    expect(await heard(checkout, yes)).toEqual(yes)
    expect(await heard(cart, no)).toEqual(no)
  })

  it('forgets by itself', async () => {
    let nowMs = 0
    const store = create({ now: () => nowMs, ttlMs: 1_000 })
    const key = { shop: SHOP, cartToken: 'cart' }
    await store.put(key, { fbp: FBP })
    nowMs = 999
    expect(await store.find(key)).toEqual({ fbp: FBP })
    nowMs = 1_000
    expect(await store.find(key)).toBeUndefined()
    await store.put(key, { fbc: FBC })
    expect(await store.find(key)).toEqual({ fbc: FBC })
  })

  it('keeps to its bound, and lets the longest unseen go', async () => {
    let nowMs = 0
    const store = create({ now: () => nowMs, maxEntries: 10 })
    for (let n = 0; n < 500; n++) {
      nowMs++
      await store.put({ shop: SHOP, cartToken: `cart-${n}` }, { fbp: FBP })
    }
    const tokens = Array.from({ length: 500 }, (_, n) => `cart-${n}`)
    const found = await findAll(
      store,
      tokens.map((cartToken) => ({ shop: SHOP, cartToken })),
    )
    const kept = found.filter((one) => one !== undefined).length
    expect(kept).toBeGreaterThanOrEqual(10)
    expect(kept).toBeLessThanOrEqual(110)
    expect(found.at(-1)).toEqual({ fbp: FBP })
    expect(found[0]).toBeUndefined()
  })

  it('lets those who hold most go first, and of equals the longest unseen', async () => {
    let nowMs = 0
    const store = create({ now: () => nowMs, maxEntries: 10 })
    const put = async (cartToken: string, source: string) => {
      nowMs++
      await store.put({ shop: SHOP, cartToken }, { fbp: FBP }, source)
    }
    const shoppers = Array.from({ length: 6 }, (_, n) => `shopper-${n}`)
    for (const name of shoppers) await put(name, name)
    for (let n = 0; n < 100; n++) await put(`stranger-${n}`, `stranger-${n % 2}`)
    const keyOf = (cartToken: string) => ({ shop: SHOP, cartToken })
    expect(await findAll(store, shoppers.map(keyOf))).toEqual(shoppers.map(() => ({ fbp: FBP })))
    expect(await store.find(keyOf('stranger-99'))).toEqual({ fbp: FBP })
    expect(await store.find(keyOf('stranger-0'))).toBeUndefined()
    for (let n = 6; n < 20; n++) await put(`shopper-${n}`, `shopper-${n}`)
    expect(await store.find(keyOf('shopper-0'))).toBeUndefined()
    expect(await store.find(keyOf('shopper-19'))).toEqual({ fbp: FBP })
  })

  it('forgets a person by customer and by order, and nobody else', async () => {
    const store = create()
    const keys = ['one', 'two', 'three', 'four'].map((cartToken) => ({ shop: SHOP, cartToken }))
    const elsewhere = { shop: OTHER, cartToken: 'one' }
    for (const key of [...keys, elsewhere]) await store.put(key, { fbp: FBP })
    const [one, two, three, four] = keys
    if (!one || !two || !three || !four) throw new Error('keys')
    await store.link(one, { customerId: '7' })
    await store.link(two, { orderId: '1001' })
    await store.link(two, { customerId: '8' })
    await store.link(three, { customerId: '9', orderId: '1002' })
    await store.link(elsewhere, { customerId: '7' })
    await store.link({ shop: SHOP, cartToken: 'unknown' }, { customerId: '7' })
    expect(await store.redact(SHOP, [{ customerId: '7' }, { orderId: '1001' }, {}])).toBe(2)
    expect(await findAll(store, keys)).toEqual([undefined, undefined, { fbp: FBP }, { fbp: FBP }])
    expect(await store.find(elsewhere)).toEqual({ fbp: FBP })
    expect(await store.redact(SHOP, [])).toBe(0)
  })

  it('forgets a shop', async () => {
    const store = create()
    await store.put({ shop: SHOP, cartToken: 'cart', checkoutToken: 'checkout' }, { fbp: FBP })
    await store.put({ shop: OTHER, cartToken: 'cart' }, { fbp: FBP })
    expect(await store.forgetShop(SHOP)).toBe(2)
    expect(await store.forgetShop(SHOP)).toBe(0)
    expect(await store.find({ shop: OTHER, cartToken: 'cart' })).toEqual({ fbp: FBP })
  })
})

describe('the SQLite store', () => {
  it('keeps identities over a restart, and shares its file', async () => {
    const path = temporaryPath()
    const key = { shop: SHOP, cartToken: 'cart' }
    const first = openSqlite({}, path)
    const second = openSqlite({}, path)
    await first.put(key, { fbp: FBP })
    expect(await second.find(key)).toEqual({ fbp: FBP })
  })

  it('makes a file for its owner alone', () => {
    const path = temporaryPath()
    openSqlite({}, path)
    expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  it('keeps identities in memory and makes no file for the path :memory:', async () => {
    const store = openSqlite({}, ':memory:')
    const key = { shop: SHOP, cartToken: 'cart' }
    await store.put(key, { fbp: FBP })
    expect(await store.find(key)).toEqual({ fbp: FBP })
    expect(existsSync(':memory:')).toBe(false)
  })

  it('leaves no trace of what was redacted', async () => {
    const path = temporaryPath()
    const store = sqliteIdentityStore({ path })
    await store.put({ shop: SHOP, cartToken: 'cart' }, { fbp: FBP })
    await store.forgetShop(SHOP)
    await store.close()
    expect(readFileSync(path).includes(FBP)).toBe(false)
  })

  it('holds up no request while another process writes', async () => {
    const path = temporaryPath()
    const store = openSqlite({}, path)
    const key = { shop: SHOP, cartToken: 'cart' }
    await store.put(key, { fbp: FBP })
    const other = new DatabaseSync(path)
    other.exec('BEGIN IMMEDIATE')
    // Ended by this thread, which a call in it would keep from doing so.
    setTimeout(() => other.exec('COMMIT'), 50)
    await store.put(key, { fbc: FBC })
    other.close()
    expect(await store.find(key)).toEqual({ fbp: FBP, fbc: FBC })
  })

  it('rejects with an error of its own after it was closed, and closes twice', async () => {
    const store = sqliteIdentityStore({ path: temporaryPath() })
    await store.put({ shop: SHOP, cartToken: 'cart' }, { fbp: FBP })
    await Promise.all([store.close(), store.close()])
    const late = Promise.resolve(store.find({ shop: SHOP, cartToken: 'cart' }))
    await expect(late).rejects.toMatchObject({ code: 'store_failed', problem: 'closed' })
  })

  it('takes over a file that an earlier version wrote', async () => {
    const path = temporaryPath()
    mkdirSync(dirname(path))
    const db = new DatabaseSync(path)
    db.exec(`${MIGRATIONS[0]}; PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = 1`)
    const row = db.prepare(
      'INSERT INTO identity (shop, kind, token, identity, expires_ms) VALUES (?, ?, ?, ?, ?)',
    )
    row.run(SHOP, 'cart', 'cart', JSON.stringify({ fbp: FBP }), Date.now() + 10_000)
    db.close()
    const store = openSqlite({}, path)
    expect(await store.find({ shop: SHOP, cartToken: 'cart' })).toEqual({ fbp: FBP })
  })

  it('fails by itself where the thread cannot work, and goes on when it can', async () => {
    const path = temporaryPath()
    const store = openSqlite({}, path)
    const key = { shop: SHOP, cartToken: 'cart' }
    const other = new DatabaseSync(path)
    other.exec('BEGIN EXCLUSIVE')
    await expect(Promise.resolve(store.put(key, { fbp: FBP }))).rejects.toMatchObject({
      code: 'store_failed',
      problem: 'io',
    })
    other.exec('COMMIT')
    other.close()
    await store.put(key, { fbp: FBP })
    expect(await store.find(key)).toEqual({ fbp: FBP })
  })

  it('leaves a database of something else as it is, and says so', () => {
    const path = temporaryPath()
    openSqlite({}, path)
    const foreign = `${path}.other`
    const db = new DatabaseSync(foreign)
    db.exec('CREATE TABLE customers (id INTEGER)')
    db.close()
    expect(() => sqliteIdentityStore({ path: foreign })).toThrow('a database of something else')
    expect(() => sqliteIdentityStore({ path: tmpdir() })).toThrow('cannot be opened')
  })
})
