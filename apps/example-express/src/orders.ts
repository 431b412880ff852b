import type { Consent } from '@capi/core'
import type { CartLine } from './cart.ts'
import type { Customer } from './customer.ts'
import type { Session } from './sessions.ts'

export interface Order {
  readonly id: number
  readonly customer: Customer
  readonly lines: readonly CartLine[]
  /** What the visitor had answered when they bought. A later answer does not change it. */
  readonly consent: Consent
}

export interface Orders {
  place(session: Session, draft: Omit<Order, 'id'>): Order
  /** Only the visitor who placed an order may see it. */
  find(session: Session | undefined, id: number): Order | undefined
}

const MAX_ORDERS = 10_000

/**
 * Orders in memory. Numbers go up from the clock and not from 1: the Purchase's `event_id` is made
 * from the number, and Meta would take an id repeated after a restart for the same purchase.
 */
export function createOrders(firstId: number = Math.floor(Date.now() / 1000)): Orders {
  const orders = new Map<number, { order: Order; owner: Session }>()
  let nextId = firstId

  return {
    place(session, draft) {
      const order: Order = { id: nextId++, ...draft }
      orders.set(order.id, { order, owner: session })
      orders.delete(order.id - MAX_ORDERS)
      return order
    },
    find(session, id) {
      const entry = orders.get(id)
      return entry?.owner === session ? entry?.order : undefined
    },
  }
}
