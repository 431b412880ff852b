import { keepLatest } from '../runtime/keep-latest.ts'
import type { LeaseKeeper } from './lease-keeper.ts'
import { matcher } from './matcher.ts'
import type { Outbox, OutboxItem, Settlement } from './outbox-port.ts'
import type { PutQueue } from './put-queue.ts'
import { type Limit, within } from './within.ts'

/** Events looked at in one call. */
const STEP = 1_000
/** One that always says that there is more is not asked indefinitely. */
const MAX_STEPS = 10_000
/** Events on their way that were erased meanwhile, oldest forgotten first. */
const MAX_KEYS = 5_000

type Removed = readonly Pick<OutboxItem, 'lane' | 'event_id'>[]

type Page = Awaited<ReturnType<Outbox['removeMatching']>>

interface Counted {
  readonly hashes: readonly string[]
  readonly onRemoved: (removed: Removed) => void
}

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
  /** The same, but of an event whose person was erased no dead letter is kept. */
  settling(settlements: readonly Settlement[]): readonly Settlement[]
  /** The outbox took note of these: what came to rest is not watched any more. */
  onSettled(settlements: readonly Settlement[]): void
  /** A put took effect that nobody waited for any more: where its person was erased meanwhile, it is removed as well. */
  onStray(item: OutboxItem): void
  /** It was tracked anew: it is another event than the one that was erased. */
  onAccepted(key: string): void
}

export function createErasure(context: {
  readonly outbox: Outbox
  readonly queue: PutQueue
  readonly keeper: LeaseKeeper
  readonly limit: Limit
}): Erasure {
  const { outbox, queue, keeper, limit } = context
  const keys = new Map<string, (removed: Removed) => void>()
  /** Counted as erased already, by key: a put of them may still take effect. */
  const counted = new Map<string, Counted>()

  function watch<T>(watched: Map<string, T>, key: string, value: T): void {
    watched.set(key, value)
    keepLatest(watched, MAX_KEYS)()
  }

  /** @param onPage gets what each call found. */
  async function removeAll(hashes: readonly string[], onPage: (found: Page) => void) {
    let after: string | undefined
    for (let step = 0; step < MAX_STEPS; step++) {
      const page = { limit: STEP, ...(after !== undefined && { after }) }
      const found = await within(limit, () => outbox.removeMatching(hashes, page))
      onPage(found)
      if (found.next === undefined || found.next === after) break
      after = found.next
    }
  }

  /** It was counted when its person was erased; what else is found by now was not. */
  async function removeStray(
    { lane, event_id, key }: OutboxItem,
    { hashes, onRemoved }: Counted,
  ): Promise<void> {
    let isOpen = true
    const isStray = (one: Removed[number]) => one.lane === lane && one.event_id === event_id
    await removeAll(hashes, ({ removed }) => {
      const index = isOpen ? removed.findIndex(isStray) : -1
      isOpen &&= index < 0
      queue.onFound(removed)
      onRemoved(removed.filter((_one, n) => n !== index))
    })
    if (!isOpen) counted.delete(key)
  }

  return {
    has: ({ key }) => keys.has(key) || counted.has(key),
    settling: (settlements) =>
      settlements.map((one) => {
        const key = keeper.keyOf(one.token)
        if (one.kind === 'retry' || key === undefined || !keys.has(key)) return one
        return one.kind === 'dead' ? { kind: 'expired', token: one.token } : one
      }),
    onSettled(settlements) {
      for (const { kind, token } of settlements)
        if (kind !== 'retry') keys.delete(keeper.keyOf(token) ?? '')
    },
    onAccepted: (key) => void counted.delete(key),
    onStray(item) {
      const found = counted.get(item.key)
      // What cannot be removed now is when it is handed out.
      if (found !== undefined) removeStray(item, found).catch(() => {})
    },
    onRemoved(items) {
      for (const item of items) keys.get(item.key)?.([item])
      for (const { key } of items) for (const watched of [keys, counted]) watched.delete(key)
    },
    async erase(hashes, onRemoved) {
      const isMatch = matcher(hashes)
      queue.erase(isMatch, false)
      // What is on its way into the outbox is looked for in there.
      await queue.flush()
      for (const key of [...queue.matching(isMatch), ...keeper.matching(isMatch)])
        watch(keys, key, onRemoved)
      const sums = { dead: 0, leased: 0 }
      await removeAll(hashes, ({ removed, dead, leased }) => {
        // A put that took effect without an answer is one event, not two.
        queue.onFound(removed)
        onRemoved(removed)
        sums.dead += dead
        sums.leased += leased
      })
      for (const key of queue.erase(isMatch, true)) {
        keys.delete(key)
        watch(counted, key, { hashes, onRemoved })
      }
      return sums
    },
  }
}
