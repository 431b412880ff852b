export interface Order {
  readonly id: string
  /** What server and browser both tell Meta. */
  readonly sale: { readonly value: number; readonly currency: string; content_ids: string[] }
  /** The id of the Purchase. */
  readonly eventId: string
}

const ORDERS = Symbol.for('example-next.orders')

/** A shop has a database. Next loads this module once for actions and once for pages: only globalThis is shared. */
function orders(): Map<string, Order> {
  const shared = globalThis as { [ORDERS]?: Map<string, Order> }
  shared[ORDERS] ??= new Map()
  return shared[ORDERS]
}

export function saveOrder(order: Order): void {
  orders().set(order.id, order)
}

export function findOrder(id: string): Order | undefined {
  return orders().get(id)
}
