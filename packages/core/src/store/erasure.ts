import type { LeaseKeeper } from './lease-keeper.ts'
import { matcher } from './matcher.ts'
import type { Outbox, OutboxItem } from './outbox-port.ts'
import type { PutQueue } from './put-queue.ts'
import { type Limit, within } from './within.ts'

/** Events looked at in one call. */
const STEP = 1_000
/** One that always says that there is more is not asked indefinitely. */
const MAX_STEPS = 10_000
/** Events on their way that were erased meanwhile, oldest forgotten first. */
const MAX_KEYS = 5_000

type Removed = readonly Pick<OutboxItem, 'lane' | 'event_id'>[]

/** Removes what waits for a person. */
export interface Erasure {
  /**
   * @param onRemoved gets what was removed, page by page, and later what comes back from its way to Meta.
   * @returns dead letters that were removed, and events that were on their way.
   */
  erase(
    hashes: readonly string[],
    onRemoved: (removed: Removed) => void,
  ): Promise<{ readonly dead: number; readonly leased: number }>
  /** It was on its way when its person was erased: it is not sent again. */
  has(item: OutboxItem): boolean
  /** The outbox removed these. */
  onRemoved(items: readonly OutboxItem[]): void
}

export function createErasure(context: {
  readonly outbox: Outbox
  readonly queue: PutQueue
  readonly keeper: LeaseKeeper
  readonly limit: Limit
}): Erasure {
  const { outbox, queue, keeper, limit } = context
  const keys = new Map<string, (removed: Removed) => void>()

  function watch(key: string, onRemoved: (removed: Removed) => void): void {
    keys.set(key, onRemoved)
    const [oldest] = keys.keys()
    if (keys.size > MAX_KEYS && oldest !== undefined) keys.delete(oldest)
  }

  return {
    has: ({ key }) => keys.has(key),
    onRemoved(items) {
      for (const item of items) keys.get(item.key)?.([item])
      for (const { key } of items) keys.delete(key)
    },
    async erase(hashes, onRemoved) {
      const isMatch = matcher(hashes)
      queue.erase(isMatch)
      // What is on its way into the outbox is looked for in there.
      await queue.flush()
      for (const key of [...queue.matching(isMatch), ...keeper.matching(isMatch)])
        watch(key, onRemoved)
      const sums = { dead: 0, leased: 0 }
      let after: string | undefined
      for (let step = 0; step < MAX_STEPS; step++) {
        const page = { limit: STEP, ...(after !== undefined && { after }) }
        const found = await within(limit, () => outbox.removeMatching(hashes, page))
        onRemoved(found.removed)
        sums.dead += found.dead
        sums.leased += found.leased
        if (found.next === undefined || found.next === after) break
        after = found.next
      }
      return sums
    },
  }
}
