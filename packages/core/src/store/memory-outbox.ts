import type { OptionTable } from '../option/option-table.ts'
import { readOptions } from '../option/read-options.ts'
import { consoleLogger } from '../runtime/logger.ts'
import { matcher } from './matcher.ts'
import { memoryDead } from './memory-dead.ts'
import { memoryIds } from './memory-ids.ts'
import type {
  Lease,
  LeasedItem,
  LeaseRequest,
  LeaseToken,
  Loss,
  Outbox,
  OutboxItem,
  PutResult,
  Settlement,
  SettleResult,
  Time,
} from './outbox-port.ts'

/** Bounds of the memory it may take. What does not fit is dropped as `queue_full`. */
export interface MemoryOutboxOptions {
  /** Most events held; default 20,000. */
  readonly maxEvents?: number | undefined
  /** Most characters of event JSON held; default 32 Mi. */
  readonly maxBytes?: number | undefined
  /**
   * Delivered events whose `event_id` is remembered, so that a repeat is a `duplicate`; default 200,000, which take 14 MB at most. Beyond
   * that the oldest are forgotten, whatever `dedupeWindowMs` says. Random ids are not remembered: they cannot come again.
   */
  readonly maxRemembered?: number | undefined
}

const OUTBOX_OPTIONS = {
  maxEvents: 'any',
  maxBytes: 'any',
  maxRemembered: 'any',
} as const satisfies OptionTable<MemoryOutboxOptions>

interface Held {
  readonly item: OutboxItem
  fence: number
  attempts: number
  isLeased: boolean
  /** When it is due; of a leased one, when its lease runs out. */
  dueTick: number
}

/** In each: the order in which items fall due, as far as it matters. */
interface Lane {
  /** Due at once. */
  readonly waiting: Map<string, Held>
  /** Due later, or leased. */
  readonly later: Map<string, Held>
}

/**
 * An outbox in this process's memory: fast, bounded, and gone when the process is. So are the ids it remembers: the last 200,000
 * delivered (`maxRemembered`), which is nine days of up to 22,000 a day, and five hours of a million a day. A file (`@capi/sqlite`) keeps
 * them for as long as `dedupeWindowMs` says.
 * @example
 * createCapi({ ...optionsFromEnv(process.env), outbox: memoryOutbox({ maxEvents: 50_000 }) })
 */
export function memoryOutbox(given: MemoryOutboxOptions = {}): Outbox {
  const options = readOptions(given, {
    name: 'memoryOutbox',
    table: OUTBOX_OPTIONS,
    warn: (line) => consoleLogger.warn(`@capi/core: ${line}`),
  })
  const maxEvents = options.maxEvents ?? 20_000
  const maxBytes = options.maxBytes ?? 32 * 1024 * 1024
  const all = new Map<string, Held>()
  const lanes = new Map<string, Lane>()
  /** Delivered. */
  const remembered = memoryIds(options.maxRemembered ?? 200_000)
  const dead = memoryDead()
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

  function forget({ item: { key, lane, body } }: Held): void {
    all.delete(key)
    laneOf(lane).waiting.delete(key)
    laneOf(lane).later.delete(key)
    bytes -= body.length
  }

  function putOne(item: OutboxItem, { nowMs }: Time): PutResult {
    const { key, lane, body } = item
    if (all.has(key) || remembered.has(key, nowMs)) return 'duplicate'
    if (isClosed || all.size >= maxEvents || bytes + body.length > maxBytes) return 'full'
    const held = { item, fence: 0, attempts: 0, isLeased: false, dueTick: 0 }
    all.set(key, held)
    laneOf(lane).waiting.set(key, held)
    bytes += body.length
    return 'accepted'
  }

  /** The one that was handed out so, if no other call got it since. */
  function leased({ id, fence }: LeaseToken): Held | undefined {
    const held = all.get(id)
    return held?.isLeased && held.fence === fence ? held : undefined
  }

  function settleOne(settlement: Settlement, { tickMs, nowMs }: Time): SettleResult {
    const held = leased(settlement.token)
    if (held === undefined) return all.has(settlement.token.id) ? 'stale' : 'unknown'
    if (settlement.kind === 'retry') {
      held.isLeased = false
      held.dueTick = tickMs + settlement.delayMs
      if (settlement.isAttempt) held.attempts++
      return 'settled'
    }
    forget(held)
    const { key, rememberUntilMs } = held.item
    if (settlement.kind === 'delivered' && rememberUntilMs > nowMs)
      remembered.add(key, rememberUntilMs)
    if (settlement.kind === 'dead') dead.add(held.item, settlement.cause, nowMs)
    return 'settled'
  }

  /** Moves what fell due. @returns when the next one does. */
  function nextDue({ waiting, later }: Lane, tickMs: number): number {
    let nextTick = Number.POSITIVE_INFINITY
    for (const [key, held] of later) {
      if (held.dueTick > tickMs) nextTick = Math.min(nextTick, held.dueTick)
      else {
        later.delete(key)
        waiting.set(key, held)
      }
    }
    return nextTick
  }

  function lease(request: LeaseRequest, { tickMs }: Time): Lease {
    const lane = laneOf(request.lane)
    const nextTick = nextDue(lane, tickMs)
    const items: LeasedItem[] = []
    let size = 0
    for (const [key, held] of lane.waiting) {
      size += held.item.body.length
      if (items.length >= request.maxEvents || (items.length > 0 && size > request.maxBytes))
        return { items, hasMore: true }
      lane.waiting.delete(key)
      lane.later.set(key, held)
      held.isLeased = true
      held.dueTick = tickMs + request.leaseMs
      held.fence++
      items.push({ ...held.item, id: key, fence: held.fence, attempts: held.attempts })
    }
    const isEmpty = items.length === 0 && nextTick !== Number.POSITIVE_INFINITY
    return isEmpty ? { items, nextDueInMs: nextTick - tickMs } : { items }
  }

  const isOnItsWay = (held: Held, tickMs: number) => held.isLeased && held.dueTick > tickMs

  return {
    put: async (items, time) => items.map((item) => putOne(item, time)),
    lease: async (request, time) => lease(request, time),
    settle: async (settlements, time) => settlements.map((one) => settleOne(one, time)),

    async renew(tokens, leaseMs, { tickMs }) {
      for (const token of tokens) {
        const held = leased(token)
        if (held !== undefined) held.dueTick = tickMs + leaseMs
      }
    },

    async recover() {
      isClosed = false // A new client opens an outbox that another closed.
      for (const held of all.values()) {
        held.isLeased = false
        held.dueTick = 0
      }
      const sizeOf = ({ waiting, later }: Lane) => waiting.size + later.size
      return Object.fromEntries([...lanes].map(([name, lane]) => [name, sizeOf(lane)]))
    },

    async dueLanes({ tickMs }) {
      for (const lane of lanes.values()) nextDue(lane, tickMs)
      return [...lanes].flatMap(([name, { waiting }]) => (waiting.size > 0 ? name : []))
    },

    async takeExpired(_limit, { nowMs, tickMs }) {
      remembered.dropExpired(nowMs)
      dead.dropExpired(nowMs)
      const losses: Loss[] = []
      for (const held of all.values()) {
        const { lane, event_id, expiresAtMs } = held.item
        if (expiresAtMs > nowMs || isOnItsWay(held, tickMs)) continue
        forget(held)
        losses.push({ lane, event_id, reason: 'expired' })
      }
      return { losses }
    },

    readDead: async (filter, limit) => dead.read(filter, limit),
    removeDead: async (ids) => dead.remove(ids),

    async removeMatching(hashes) {
      const isMatch = matcher(hashes)
      const removed: { lane: string; event_id: string }[] = []
      let leased = 0
      for (const held of all.values()) {
        const { lane, event_id, body } = held.item
        if (!isMatch(body)) continue
        if (held.isLeased) leased++
        else {
          forget(held)
          removed.push({ lane, event_id })
        }
      }
      const letters = dead.read({}, Number.POSITIVE_INFINITY)
      const ids = letters.flatMap(({ id, item }) => (isMatch(item.body) ? id : []))
      return { removed, leased, dead: dead.remove(ids) }
    },

    async counts() {
      const letters = dead.counts()
      const countsOf = (name: string) => {
        const { waiting, later } = laneOf(name)
        return { queued: waiting.size + later.size, dead: letters.get(name) ?? 0 }
      }
      const names = new Set([...lanes.keys(), ...letters.keys()])
      return Object.fromEntries([...names].map((name) => [name, countsOf(name)]))
    },

    async close() {
      isClosed = true
      const held = [...all.values()]
      for (const one of held) forget(one)
      return held.map(({ item: { lane, event_id } }) => ({ lane, event_id, reason: 'closed' }))
    },
  }
}
