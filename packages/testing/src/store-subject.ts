import { afterEach } from 'vitest'
// @boundaries-ignore types only: a dependency on core would be a cycle, its tests use this package
import type {
  Lease,
  LeasedItem,
  OutboxItem,
  OutboxStore,
  Settlement,
} from '../../core/src/delivery/outbox-store.ts'

export type { OutboxItem }

export interface StoreBounds {
  readonly maxEvents?: number
  readonly maxBytes?: number
}

/** How the battery gets at a kind of store. */
export interface StoreSubject {
  readonly name: string
  /** What was accepted and not settled is there after close and open again. */
  readonly isDurable: boolean
  /** Opens the store of one test: the same contents each time, until `reset`. */
  open(bounds?: StoreBounds): OutboxStore
  /** For a store that processes share: its engine has a clock of its own, and its leases run out. */
  readonly shared?: {
    /** So many milliseconds go by, for the engine too. */
    pass(ms: number): Promise<void>
    /** Ends the store's process as `kill -9` would; resolves when its leases have run out. */
    crash(store: OutboxStore): Promise<void>
  }
  /** After each test, with every store closed. */
  reset(): void | Promise<void>
}

export const NOW_MS = Date.UTC(2026, 10, 23, 12)
export const DAY_MS = 86_400_000
export const LANE = '1234567890'
export const OTHER = '2222222222'
export const REFUSAL = { code: 'meta_100_2804003', status: 400, fbtrace_id: 'Atrace' }

/** An item as `track` makes them. */
export function outboxItem(event_id: string, more: Partial<OutboxItem> = {}): OutboxItem {
  return {
    lane: LANE,
    event_id,
    event_name: 'Purchase',
    body: JSON.stringify({ event_name: 'Purchase', event_id }),
    expiresAtMs: NOW_MS + 7 * DAY_MS,
    rememberUntilMs: 0,
    ...more,
  }
}

/** The stores of one test, and the time they are asked at. */
export interface StoreWorld {
  tickMs: number
  nowMs: number
  open(bounds?: StoreBounds): Promise<OutboxStore>
  put(store: OutboxStore, ...items: OutboxItem[]): ReturnType<OutboxStore['put']>
  lease(store: OutboxStore, more?: Partial<Parameters<OutboxStore['lease']>[0]>): Promise<Lease>
  settle(store: OutboxStore, ...settlements: Settlement[]): ReturnType<OutboxStore['settle']>
  /** Lets time go by. */
  pass(ms: number): Promise<void>
  /** The store's owner is gone, and another one comes. */
  crash(store: OutboxStore): Promise<OutboxStore>
  /** Puts it, leases it and has it refused. */
  kill(store: OutboxStore, item: OutboxItem): Promise<void>
}

export function storeWorld(subject: StoreSubject): StoreWorld {
  const opened: OutboxStore[] = []
  const world: StoreWorld = {
    tickMs: 1_000,
    nowMs: NOW_MS,
    async open(bounds) {
      const store = subject.open(bounds)
      opened.push(store)
      await store.recover()
      return store
    },
    put: (store, ...items) => store.put(items, world.nowMs),
    lease: (store, more = {}) =>
      store.lease({ lane: LANE, maxEvents: 100, maxBytes: 1e6, tickMs: world.tickMs, ...more }),
    settle: (store, ...settlements) =>
      store.settle(settlements, { tickMs: world.tickMs, nowMs: world.nowMs }),
    async pass(ms) {
      world.tickMs += ms
      await subject.shared?.pass(ms)
    },
    async crash(store) {
      if (subject.shared === undefined) return store
      await subject.shared.crash(store)
      return world.open()
    },
    async kill(store, item) {
      await world.put(store, item)
      const { items } = await world.lease(store, { lane: item.lane })
      await world.settle(store, { kind: 'dead', token: first(items), cause: REFUSAL })
    },
  }
  afterEach(async () => {
    for (const store of opened.splice(0)) await store.close()
    await subject.reset()
    world.tickMs = 1_000
    world.nowMs = NOW_MS
  })
  return world
}

export const ids = (items: readonly { event_id: string }[]) => items.map((item) => item.event_id)

export function first([item]: readonly LeasedItem[]): LeasedItem {
  if (item === undefined) throw new Error('nothing was leased')
  return item
}
