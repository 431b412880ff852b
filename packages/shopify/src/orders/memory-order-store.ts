import { type OptionTable, readOptions } from '@capi/core/adapter'
import { demand } from '../read/demand.ts'
import { emitUnknown } from '../read/unknown-options.ts'
import {
  ORDER_STORE_OPTIONS,
  type OrderKey,
  type OrderMark,
  type OrderStore,
  type OrderStoreOptions,
  orderLimits,
} from './order-store.ts'

/** How long, and how many. */
export interface MemoryOrderStoreOptions extends OrderStoreOptions {
  /** Most orders remembered; default 100,000, about 20 MB. The longest unmarked go first. */
  readonly maxOrders?: number | undefined
}

const MEMORY_ORDER_OPTIONS = {
  ...ORDER_STORE_OPTIONS,
  maxOrders: 'any',
} as const satisfies OptionTable<MemoryOrderStoreOptions>

interface Entry {
  readonly marks: readonly OrderMark[]
  readonly untilMs: number
}

/**
 * For one process: a restart forgets, and orders that were pending then make no Purchase when they are paid.
 * @throws CapiConfigError for options that cannot work.
 * @example
 * shopifyCapi({ shopify, client: capi, orders: memoryOrderStore() })
 */
export function memoryOrderStore(given: MemoryOrderStoreOptions = {}): OrderStore {
  const reader = { name: 'memoryOrderStore', table: MEMORY_ORDER_OPTIONS, warn: emitUnknown }
  const options = readOptions(given, reader)
  const { ttlMs, now } = orderLimits(options)
  const { maxOrders = 100_000 } = options
  demand(Number.isSafeInteger(maxOrders) && maxOrders > 0, 'maxOrders', 'must be above 0')
  /** In the order of their last mark: the first is the next to go. */
  const orders = new Map<string, Entry>()

  const nameOf = ({ shop, orderId }: OrderKey) => `${shop} ${orderId}`

  const makeRoom = () => {
    for (const [name, { untilMs }] of orders) {
      if (orders.size <= maxOrders && untilMs > now()) return
      orders.delete(name)
    }
  }

  return {
    mark(order, mark) {
      const name = nameOf(order)
      const before = orders.get(name)
      const known = before !== undefined && before.untilMs > now() ? before.marks : []
      const marks = known.includes(mark) ? known : [...known, mark]
      orders.delete(name)
      orders.set(name, { marks, untilMs: now() + ttlMs })
      makeRoom()
      return marks
    },
    forget(shop, orderIds) {
      const names = orderIds?.map((orderId) => nameOf({ shop, orderId }))
      const ofShop = () => [...orders.keys()].filter((name) => name.startsWith(`${shop} `))
      for (const name of names ?? ofShop()) orders.delete(name)
    },
  }
}
