import { afterEach } from 'vitest'
// @boundaries-ignore types only: a dependency on core would be a cycle, its tests use this package
import type {
  Lease,
  LeasedItem,
  Outbox,
  OutboxItem,
  Settlement,
} from '../../../packages/core/src/delivery/outbox-port.ts'

export type { OutboxItem }

export interface OutboxBounds {
  readonly maxEvents?: number
  readonly maxBytes?: number
}

/** How the battery gets at a kind of outbox. */
export interface OutboxSubject {
  readonly name: string
  /** What was accepted and not settled is there after close and open again. */
  readonly isDurable: boolean
  /** Opens the outbox of one test: the same contents each time, until `reset`. */
  open(bounds?: OutboxBounds): Outbox
  /** For an outbox that processes share: its engine has a clock of its own, and its leases run out. */
  readonly shared?: {
    /** So many milliseconds go by, for the engine too. */
    pass(ms: number): Promise<void>
    /** Ends the outbox's process as `kill -9` would; resolves when its leases have run out. */
    crash(outbox: Outbox): Promise<void>
  }
  /** After each test, with every outbox closed. */
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

/** The outboxes of one test, and the time they are asked at. */
export interface OutboxWorld {
  tickMs: number
  nowMs: number
  open(bounds?: OutboxBounds): Promise<Outbox>
  put(outbox: Outbox, ...items: OutboxItem[]): ReturnType<Outbox['put']>
  lease(outbox: Outbox, more?: Partial<Parameters<Outbox['lease']>[0]>): Promise<Lease>
  settle(outbox: Outbox, ...settlements: Settlement[]): ReturnType<Outbox['settle']>
  /** Lets time go by. */
  pass(ms: number): Promise<void>
  /** The outbox's owner is gone, and another one comes. */
  crash(outbox: Outbox): Promise<Outbox>
  /** Puts it, leases it and has it refused. */
  kill(outbox: Outbox, item: OutboxItem): Promise<void>
}

export function outboxWorld(subject: OutboxSubject): OutboxWorld {
  const opened: Outbox[] = []
  const world: OutboxWorld = {
    tickMs: 1_000,
    nowMs: NOW_MS,
    async open(bounds) {
      const outbox = subject.open(bounds)
      opened.push(outbox)
      await outbox.recover()
      return outbox
    },
    put: (outbox, ...items) => outbox.put(items, world.nowMs),
    lease: (outbox, more = {}) =>
      outbox.lease({ lane: LANE, maxEvents: 100, maxBytes: 1e6, tickMs: world.tickMs, ...more }),
    settle: (outbox, ...settlements) =>
      outbox.settle(settlements, { tickMs: world.tickMs, nowMs: world.nowMs }),
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
  afterEach(async () => {
    for (const outbox of opened.splice(0)) await outbox.close()
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
