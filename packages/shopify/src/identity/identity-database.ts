import type { Identity } from '../map/mapping-options.ts'
import { type OrderDatabase, orderDatabase } from '../orders/order-database.ts'
import { atomically, openIdentityFile } from './identity-file.ts'
import {
  type IdentityKey,
  type IdentityOwner,
  latestIdentity,
  mergeIdentity,
  slackOf,
  type Token,
  tokensOf,
} from './identity-store.ts'

/** What the thread needs to know. */
export interface DatabaseOptions {
  readonly path: string
  readonly ttlMs: number
  readonly maxEntries: number
}

/** What the thread can be asked: the stores' functions, synchronous, with the time. */
export interface IdentityDatabase extends OrderDatabase {
  put(key: IdentityKey, identity: Identity, source: string | undefined, nowMs: number): void
  find(key: IdentityKey, nowMs: number): Identity | undefined
  link(key: IdentityKey, owner: IdentityOwner): void
  redact(shop: string, owners: readonly IdentityOwner[]): number
  forgetShop(shop: string): number
  close(): void
}

/** Small rows, by primary key. @throws IdentityFailure */
export function identityDatabase({ path, ttlMs, maxEntries }: DatabaseOptions): IdentityDatabase {
  const db = openIdentityFile(path)
  const select = db.prepare(
    'SELECT identity, expires_ms FROM identity WHERE shop = ? AND kind = ? AND token = ? AND expires_ms > ?',
  )
  const upsert = db.prepare(
    `INSERT INTO identity (shop, kind, token, identity, expires_ms, source) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET identity = excluded.identity, expires_ms = excluded.expires_ms, source = excluded.source`,
  )
  const own = db.prepare(
    `UPDATE identity SET customer_id = coalesce(?, customer_id), order_id = coalesce(?, order_id)
     WHERE shop = ? AND kind = ? AND token = ?`,
  )
  const expire = db.prepare('DELETE FROM identity WHERE expires_ms <= ?')
  const size = db.prepare('SELECT count(*) AS size FROM identity')
  // The entries of a source are counted from its newest: the highest numbers are those of who holds most.
  const trim = db.prepare(
    `DELETE FROM identity WHERE (shop, kind, token) IN (SELECT shop, kind, token FROM (
       SELECT shop, kind, token, expires_ms,
         row_number() OVER (PARTITION BY source ORDER BY expires_ms DESC) AS place FROM identity)
     ORDER BY place DESC, expires_ms LIMIT ?)`,
  )
  const forgetCustomer = db.prepare('DELETE FROM identity WHERE shop = ? AND customer_id = ?')
  const forgetOrder = db.prepare('DELETE FROM identity WHERE shop = ? AND order_id = ?')
  const forgetAll = db.prepare('DELETE FROM identity WHERE shop = ?')

  const known = (shop: string, { kind, token }: Token, nowMs: number) => {
    const row = select.get(shop, kind, token, nowMs)
    if (row === undefined) return undefined
    const identity: Identity = JSON.parse(String(row['identity']))
    return { identity, expiresMs: Number(row['expires_ms']) }
  }

  const slack = slackOf(maxEntries)
  let putsSinceSweep = 0
  /** Counting rows is expensive. */
  const sweep = (nowMs: number) => {
    if (putsSinceSweep++ % slack !== 0) return
    expire.run(nowMs)
    const excess = Number(size.get()?.['size']) - maxEntries
    if (excess > 0) trim.run(excess)
  }

  return {
    ...orderDatabase(db, atomically),
    put: (key, identity, source = '', nowMs) =>
      atomically(db, () => {
        for (const one of tokensOf(key)) {
          const { kind, token } = one
          const merged = mergeIdentity(known(key.shop, one, nowMs)?.identity, identity)
          upsert.run(key.shop, kind, token, JSON.stringify(merged), nowMs + ttlMs, source)
        }
        sweep(nowMs)
      }),
    find: (key, nowMs) =>
      latestIdentity(tokensOf(key).map((token) => known(key.shop, token, nowMs))),
    link: (key, { customerId = null, orderId = null }) =>
      atomically(db, () => {
        for (const { kind, token } of tokensOf(key)) {
          own.run(customerId, orderId, key.shop, kind, token)
        }
      }),
    redact: (shop, owners) =>
      atomically(db, () => {
        let count = 0
        for (const { customerId, orderId } of owners) {
          if (customerId !== undefined)
            count += Number(forgetCustomer.run(shop, customerId).changes)
          if (orderId !== undefined) count += Number(forgetOrder.run(shop, orderId).changes)
        }
        return count
      }),
    forgetShop: (shop) => Number(forgetAll.run(shop).changes),
    close: () => db.close(),
  }
}
