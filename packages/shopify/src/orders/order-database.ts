import type { DatabaseSync } from 'node:sqlite'
import type { OrderKey, OrderMark } from './order-store.ts'

/** What the thread can be asked about orders. */
export interface OrderDatabase {
  mark(order: OrderKey, mark: OrderMark, time: MarkTime): readonly OrderMark[]
  forgetOrders(shop: string, orderIds: readonly string[] | undefined): void
}

/** Now, and until when the mark counts. */
export interface MarkTime {
  readonly nowMs: number
  readonly untilMs: number
}

/** Expired rows are deleted after so many marks. */
const SWEEP_EVERY = 500

/** @param atomically runs its work as one transaction. */
export function orderDatabase(
  db: DatabaseSync,
  atomically: <T>(db: DatabaseSync, work: () => T) => T,
): OrderDatabase {
  const add = db.prepare(
    `INSERT INTO order_mark (shop, order_id, mark, expires_ms) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET expires_ms = excluded.expires_ms`,
  )
  const keep = db.prepare('UPDATE order_mark SET expires_ms = ? WHERE shop = ? AND order_id = ?')
  const expireOne = db.prepare(
    'DELETE FROM order_mark WHERE shop = ? AND order_id = ? AND expires_ms <= ?',
  )
  const read = db.prepare('SELECT mark FROM order_mark WHERE shop = ? AND order_id = ?')
  const expire = db.prepare('DELETE FROM order_mark WHERE expires_ms <= ?')
  const forgetOne = db.prepare('DELETE FROM order_mark WHERE shop = ? AND order_id = ?')
  const forgetAll = db.prepare('DELETE FROM order_mark WHERE shop = ?')
  let marksSinceSweep = 0

  return {
    mark: ({ shop, orderId }, mark, { nowMs, untilMs }) =>
      atomically(db, () => {
        if (marksSinceSweep++ % SWEEP_EVERY === 0) expire.run(nowMs)
        else expireOne.run(shop, orderId, nowMs)
        add.run(shop, orderId, mark, untilMs)
        keep.run(untilMs, shop, orderId)
        return read.all(shop, orderId).map((row) => row['mark'] as OrderMark)
      }),
    forgetOrders: (shop, orderIds) =>
      atomically(db, () => {
        if (orderIds === undefined) forgetAll.run(shop)
        else for (const orderId of orderIds) forgetOne.run(shop, orderId)
      }),
  }
}
