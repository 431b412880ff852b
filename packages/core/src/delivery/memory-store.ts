import type { LeasedItem, OutboxItem, OutboxStore, PutOutcome } from './outbox-store.ts'

export interface MemoryStoreOptions {
  /** Most events held; default 20,000. */
  readonly maxEvents?: number
  /** Most characters of event JSON held; default 32 Mi. */
  readonly maxBytes?: number
}

interface Lane {
  readonly waiting: Map<string, LeasedItem>
  readonly leased: Map<string, LeasedItem>
}

/** An outbox in this process's memory: fast, bounded, and gone when the process is. */
export function memoryStore(options: MemoryStoreOptions = {}): OutboxStore {
  const maxEvents = options.maxEvents ?? 20_000
  const maxBytes = options.maxBytes ?? 32 * 1024 * 1024
  const lanes = new Map<string, Lane>()
  let events = 0
  let bytes = 0

  function laneOf(name: string): Lane {
    let lane = lanes.get(name)
    if (lane === undefined) {
      lane = { waiting: new Map(), leased: new Map() }
      lanes.set(name, lane)
    }
    return lane
  }

  function putOne(item: OutboxItem): PutOutcome {
    const lane = laneOf(item.lane)
    const key = JSON.stringify([item.lane, item.event_name, item.event_id])
    if (lane.waiting.has(key) || lane.leased.has(key)) return 'duplicate'
    if (events >= maxEvents || bytes + item.body.length > maxBytes) return 'full'
    lane.waiting.set(key, { ...item, key })
    events++
    bytes += item.body.length
    return 'accepted'
  }

  return {
    put: async (items) => items.map(putOne),

    async lease(request) {
      const { waiting, leased } = laneOf(request.lane)
      const batch: LeasedItem[] = []
      let size = 0
      for (const [key, item] of waiting) {
        size += item.body.length
        if (batch.length >= request.maxEvents || (batch.length > 0 && size > request.maxBytes))
          break
        waiting.delete(key)
        leased.set(key, item)
        batch.push(item)
      }
      return batch
    },

    async settle(keys) {
      for (const { leased } of lanes.values()) {
        for (const key of keys) {
          const item = leased.get(key)
          if (item === undefined) continue
          leased.delete(key)
          events--
          bytes -= item.body.length
        }
      }
    },

    stats: async () =>
      Object.fromEntries(
        [...lanes].map(([name, lane]) => [name, lane.waiting.size + lane.leased.size]),
      ),

    close: async () => {},
  }
}
