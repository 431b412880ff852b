import { eventKey } from '../store/event-key.ts'
import type {
  Lease,
  LeasedItem,
  LeaseRequest,
  Outbox,
  OutboxItem,
  Settlement,
} from '../store/outbox-port.ts'

/** Bounds that the battery opens an outbox with. */
export interface OutboxBounds {
  /** Maximum number of events held. */
  readonly maxEvents?: number
  /** Maximum size of their bodies together; an outbox that is shared may know no such bound. */
  readonly maxBytes?: number
}

/** How the battery gets at a kind of outbox. */
export interface OutboxSubject {
  /** Stands in the names of the tests. */
  readonly name: string
  /** What was accepted and not settled is there after closing and opening again. */
  readonly isDurable: boolean
  /** Opens the outbox of one test: the same contents each time, until `reset`. */
  open(bounds?: OutboxBounds): Outbox
  /** For an outbox that processes share: its engine has a clock of its own. */
  readonly shared?: {
    /** So many milliseconds go by, for the engine too. */
    pass(ms: number): Promise<void>
    /** Ends the outbox's process as `kill -9` would; resolves when its leases have run out. */
    crash(outbox: Outbox): Promise<void>
    /** Its engine has leases of its own, of which core knows nothing: the tests of leases are left out. */
    readonly hasOwnLeases?: true
  }
  /** After each test, with every outbox closed. */
  reset(): void | Promise<void>
}

/** What the battery checks with: as Vitest, Jest and Bun have it. */
export interface Matchers {
  /** Equal, but for what is undefined. */
  toEqual(expected: unknown): unknown
  /** Equal in what is expected. */
  toMatchObject(expected: object): unknown
}

/** The functions of a test runner: Vitest's, Jest's, Bun's. */
export interface TestRunner {
  /** Groups tests. */
  readonly describe: (name: string, tests: () => void) => unknown
  /** One test. */
  readonly it: (name: string, test: () => Promise<void>) => unknown
  /** A check that throws when it fails. */
  readonly expect: (actual: unknown) => Matchers
}

export const NOW_MS = Date.UTC(2026, 10, 23, 12)
export const DAY_MS = 86_400_000
export const LANE = '1234567890'
export const OTHER = '2222222222'
export const LEASE_MS = 60_000
export const REFUSAL = { code: 'meta_100_2804003', status: 400, fbtrace_id: 'Atrace' }

/**
 * An item as `track` makes them, for tests of outboxes: a Purchase of pixel 1234567890 that expires on 2026-11-30.
 * @example
 * await outbox.put([outboxItem('order.1', { body: '{}' })], { tickMs: 0, nowMs: Date.now() })
 */
export function outboxItem(event_id: string, more: Partial<OutboxItem> = {}): OutboxItem {
  const item = {
    lane: LANE,
    event_id,
    event_name: 'Purchase',
    body: JSON.stringify({ event_name: 'Purchase', event_id }),
    expiresAtMs: NOW_MS + 7 * DAY_MS,
    rememberUntilMs: 0,
    ...more,
  }
  return { key: eventKey(item), ...item }
}

/** The outboxes of one test, and the time they are asked at. */
export interface OutboxWorld {
  tickMs: number
  nowMs: number
  readonly time: () => { readonly tickMs: number; readonly nowMs: number }
  open(bounds?: OutboxBounds): Promise<Outbox>
  put(outbox: Outbox, ...items: OutboxItem[]): ReturnType<Outbox['put']>
  lease(outbox: Outbox, more?: Partial<LeaseRequest>): Promise<Lease>
  settle(outbox: Outbox, ...settlements: Settlement[]): ReturnType<Outbox['settle']>
  /** Everything that expired by then. @returns ids of events, and how many in all. */
  expired(outbox: Outbox): Promise<readonly (string | undefined)[]>
  /** Lets time go by. */
  pass(ms: number): Promise<void>
  /** The outbox's owner is gone, and another one comes. */
  crash(outbox: Outbox): Promise<Outbox>
  /** Puts it, leases it and has it refused. */
  kill(outbox: Outbox, item: OutboxItem): Promise<void>
}

/** Runs a test with outboxes of its own, and closes them. */
export async function inOutboxWorld(
  subject: OutboxSubject,
  test: (world: OutboxWorld) => Promise<void>,
): Promise<void> {
  const opened: Outbox[] = []
  const world: OutboxWorld = {
    tickMs: 1_000,
    nowMs: NOW_MS,
    time: () => ({ tickMs: world.tickMs, nowMs: world.nowMs }),
    async open(bounds) {
      const outbox = subject.open(bounds)
      opened.push(outbox)
      await outbox.recover(world.time())
      return outbox
    },
    put: (outbox, ...items) => outbox.put(items, world.time()),
    lease: (outbox, more = {}) =>
      outbox.lease(
        { lane: LANE, maxEvents: 100, maxBytes: 1e6, leaseMs: LEASE_MS, ...more },
        world.time(),
      ),
    settle: (outbox, ...settlements) => outbox.settle(settlements, world.time()),
    async expired(outbox) {
      const found: (string | undefined)[] = []
      for (;;) {
        const { losses, hasMore } = await outbox.takeExpired(1_000, world.time())
        found.push(...losses.map(({ event_id }) => event_id))
        if (hasMore !== true) return found
      }
    },
    async pass(ms) {
      world.tickMs += ms
      await subject.shared?.pass(ms)
    },
    async crash(outbox) {
      if (subject.shared === undefined) return outbox
      await subject.shared.crash(outbox)
      return world.open()
    },
    async kill(outbox, item) {
      await world.put(outbox, item)
      const { items } = await world.lease(outbox, { lane: item.lane })
      await world.settle(outbox, { kind: 'dead', token: first(items), cause: REFUSAL })
    },
  }
  try {
    await test(world)
  } finally {
    for (const outbox of opened) await outbox.close()
    await subject.reset()
  }
}

export const sorted = (texts: readonly unknown[]) =>
  texts.map(String).sort((a, b) => (a < b ? -1 : 1))

export const ids = (items: readonly { event_id: string }[]) => items.map((item) => item.event_id)

export function first([item]: readonly LeasedItem[]): LeasedItem {
  if (item === undefined) throw new Error('nothing was leased')
  return item
}
