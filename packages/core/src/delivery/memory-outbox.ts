import { consoleLogger } from '../logger.ts'
import type { OptionTable } from '../option/option-table.ts'
import { readOptions } from '../option/read-options.ts'
import { type MemoryDeadLetters, memoryDeadLetters } from './memory-dead-letters.ts'
import type {
  Lease,
  LeasedItem,
  Loss,
  Outbox,
  OutboxItem,
  PutResult,
  Settlement,
  SettleResult,
} from './outbox-port.ts'

/** Bounds of the memory it may take. What does not fit is dropped as `queue_full`. */
export interface MemoryOutboxOptions {
  /** Most events held, and most delivered ones remembered; default 20,000. */
  readonly maxEvents?: number | undefined
  /** Most characters of event JSON held; default 32 Mi. */
  readonly maxBytes?: number | undefined
}

const OUTBOX_OPTIONS = {
  maxEvents: 'any',
  maxBytes: 'any',
} as const satisfies OptionTable<MemoryOutboxOptions>

interface Held {
  readonly item: OutboxItem
  readonly key: string
  fence: number
  attempts: number
  isLeased: boolean
  dueTickMs: number
}

/** In each: the order in which items fall due, as far as it matters. */
interface Lane {
  /** Due at once. */
  readonly waiting: Map<string, Held>
  /** Due later, or leased. */
  readonly later: Map<string, Held>
}

/** An outbox in this process's memory: fast, bounded, and gone when the process is. */
export function memoryOutbox(given: MemoryOutboxOptions = {}): Outbox {
  const options = readOptions(given, {
    name: 'memoryOutbox',
    table: OUTBOX_OPTIONS,
    warn: (line) => consoleLogger.warn(`@capi/core: ${line}`),
  })
  const maxEvents = options.maxEvents ?? 20_000
  const maxBytes = options.maxBytes ?? 32 * 1024 * 1024
  const lanes = new Map<string, Lane>()
  /** Delivered, by key, until when a repeat is a duplicate. */
  const remembered = new Map<string, number>()
  let events = 0
  let bytes = 0
  let isClosed = false

  function laneOf(name: string): Lane {
    let lane = lanes.get(name)
    if (lane === undefined) {
      lane = { waiting: new Map(), later: new Map() }
      lanes.set(name, lane)
    }
    return lane
  }

  function find(key: string): { held: Held; lane: Lane } | undefined {
    for (const lane of lanes.values()) {
      const held = lane.waiting.get(key) ?? lane.later.get(key)
      if (held !== undefined) return { held, lane }
    }
    return undefined
  }

  function forget(held: Held, lane: Lane): void {
    lane.waiting.delete(held.key)
    lane.later.delete(held.key)
    events--
    bytes -= held.item.body.length
  }

  function putOne(item: OutboxItem, nowMs: number): PutResult {
    const key = keyOf(item)
    const lane = laneOf(item.lane)
    if (lane.waiting.has(key) || lane.later.has(key)) return 'duplicate'
    if ((remembered.get(key) ?? 0) > nowMs) return 'duplicate'
    if (isClosed || events >= maxEvents || bytes + item.body.length > maxBytes) return 'full'
    const held = { item, key, fence: 0, attempts: 0, isLeased: false, dueTickMs: 0 }
    lane.waiting.set(key, held)
    events++
    bytes += item.body.length
    return 'accepted'
  }

  function remember(key: string, untilMs: number): void {
    if (untilMs === 0) return
    remembered.delete(key)
    remembered.set(key, untilMs)
    const [oldest] = remembered.keys()
    if (remembered.size > maxEvents && oldest !== undefined) remembered.delete(oldest)
  }

  const dead: MemoryDeadLetters = memoryDeadLetters(putOne)

  function settleOne(settlement: Settlement, tickMs: number, nowMs: number): SettleResult {
    const { key, fence } = settlement.token
    const found = find(key)
    if (found === undefined) return 'unknown'
    if (!found.held.isLeased || found.held.fence !== fence) return 'stale'
    const { held, lane } = found
    if (settlement.kind === 'retry') {
      held.isLeased = false
      held.dueTickMs = tickMs + settlement.delayMs
      if (settlement.isAttempt) held.attempts++
      return 'settled'
    }
    forget(held, lane)
    if (settlement.kind === 'delivered') remember(key, held.item.rememberUntilMs)
    if (settlement.kind === 'dead') dead.add(held.item, key, settlement.cause, nowMs)
    return 'settled'
  }

  function* all(): Generator<{ held: Held; lane: Lane; name: string }> {
    for (const [name, lane] of lanes) {
      for (const held of lane.waiting.values()) yield { held, lane, name }
      for (const held of lane.later.values()) yield { held, lane, name }
    }
  }

  /** Gives up what the test picks; leased ones are settled by whoever leased them. */
  function giveUp(reason: Loss['reason'], isLost: (held: Held) => boolean): Loss[] {
    const lost = new Map<string, string[]>()
    for (const { held, lane, name } of all()) {
      if (!isLost(held)) continue
      forget(held, lane)
      const ids = lost.get(name)
      if (ids === undefined) lost.set(name, [held.item.event_id])
      else ids.push(held.item.event_id)
    }
    return [...lost].map(([lane, event_ids]) => ({
      lane,
      reason,
      count: event_ids.length,
      event_ids,
    }))
  }

  return {
    put: async (items, nowMs) => items.map((item) => putOne(item, nowMs)),

    async lease({ lane: name, maxEvents: most, maxBytes: mostBytes, tickMs }): Promise<Lease> {
      const { waiting, later } = laneOf(name)
      let nextDueInMs = Number.POSITIVE_INFINITY
      for (const held of later.values()) {
        if (held.isLeased) continue
        if (held.dueTickMs > tickMs) nextDueInMs = Math.min(nextDueInMs, held.dueTickMs - tickMs)
        else {
          later.delete(held.key)
          waiting.set(held.key, held)
        }
      }
      const items: LeasedItem[] = []
      let size = 0
      let hasMore = false
      for (const held of waiting.values()) {
        size += held.item.body.length
        hasMore = items.length >= most || (items.length > 0 && size > mostBytes)
        if (hasMore) break
        waiting.delete(held.key)
        later.set(held.key, held)
        held.isLeased = true
        held.fence++
        const { key, fence, attempts } = held
        items.push({ ...held.item, key, fence, attempts })
      }
      if (hasMore) return { items, hasMore }
      const isEmpty = items.length === 0 && nextDueInMs !== Number.POSITIVE_INFINITY
      return isEmpty ? { items, nextDueInMs } : { items }
    },

    settle: async (settlements, { tickMs, nowMs }) =>
      settlements.map((settlement) => settleOne(settlement, tickMs, nowMs)),

    async recover() {
      for (const { held } of all()) {
        held.isLeased = false
        held.dueTickMs = 0
      }
      return Object.fromEntries(
        [...lanes].map(([name, lane]) => [name, lane.waiting.size + lane.later.size]),
      )
    },

    async sweep(nowMs) {
      for (const [key, untilMs] of remembered) if (untilMs <= nowMs) remembered.delete(key)
      dead.sweep(nowMs)
      return giveUp('expired', (held) => !held.isLeased && held.item.expiresAtMs <= nowMs)
    },

    deadLetters: dead.outbox,

    async stats() {
      const dying = dead.counts()
      const names = new Set([...lanes.keys(), ...dying.keys()])
      return Object.fromEntries(
        [...names].map((name) => {
          const lane = lanes.get(name)
          const queued = lane === undefined ? 0 : lane.waiting.size + lane.later.size
          return [name, { queued, dead: dying.get(name) ?? 0 }]
        }),
      )
    },

    async close() {
      isClosed = true
      return giveUp('closed', () => true)
    },
  }
}

function keyOf(item: OutboxItem): string {
  return JSON.stringify([item.lane, item.event_name, item.event_id])
}
