import type { Cause } from '../issue/cause.ts'
import type { LeasedItem, Settlement, SettleResult } from '../store/outbox-port.ts'
import type { Store } from '../store/store.ts'
import type { Ledger } from './ledger.ts'

/**
 * Tells the outbox what became of leased events, and counts what the outbox took note of. What it could
 * not take note of is kept for `catchUp`: nothing else rejects, so that no leased event is forgotten
 * half-way through a batch.
 */
export interface Settler {
  /** @param received how many of them Meta says it took */
  deliver(items: readonly LeasedItem[], received: number): Promise<void>
  /** They wait again; `isAttempt` counts the sending. */
  retry(
    items: readonly LeasedItem[],
    isAttempt: boolean,
    delayMs: (item: LeasedItem) => number,
  ): Promise<void>
  expire(items: readonly LeasedItem[]): Promise<void>
  /** Meta refused these. */
  bury(items: readonly LeasedItem[], cause: Cause): Promise<void>
  /** How many came to rest here, delivered or dropped. */
  settled(): number
  /** What the outbox could not take note of before. Rejects when it still cannot. */
  catchUp(): Promise<void>
}

interface Note {
  readonly items: readonly LeasedItem[]
  readonly settlements: readonly Settlement[]
  /** Those that it took effect for: nobody else counts them. */
  readonly count: (settled: readonly LeasedItem[]) => void
}

export function createSettler(
  pixelId: string,
  { store, ledger }: { store: Store; ledger: Ledger },
): Settler {
  const open: Note[] = []
  let rested = 0

  async function write(note: Note, isRepeat: boolean): Promise<void> {
    const results = await store.settle(note.settlements)
    // Unknown when it is repeated: the first time did take effect, only its answer was lost.
    const isDone = (result: SettleResult | undefined) =>
      result === 'settled' || (isRepeat && result === 'unknown')
    const settled = note.items.filter((_item, index) => isDone(results[index]))
    if (settled.length === 0) return
    if (note.settlements[0]?.kind !== 'retry') rested += settled.length
    note.count(settled)
  }

  async function catchUp(): Promise<void> {
    for (let note = open.shift(); note !== undefined; note = open.shift()) {
      try {
        await write(note, true)
      } catch (error) {
        open.unshift(note)
        throw error
      }
    }
  }

  async function settle(
    items: readonly LeasedItem[],
    toSettlement: (item: LeasedItem) => Settlement,
    count: Note['count'],
  ): Promise<void> {
    if (items.length === 0) return
    const note = { items, settlements: items.map(toSettlement), count }
    try {
      await write(note, false)
    } catch (error) {
      open.push(note)
      ledger.reportOutboxError(error)
    }
  }

  const idsOf = (items: readonly LeasedItem[]) => items.map((item) => item.event_id)
  const drop = (reason: 'expired' | 'rejected', cause?: Cause) => (items: readonly LeasedItem[]) =>
    ledger.drop({
      reason,
      count: items.length,
      pixelId,
      event_ids: idsOf(items),
      ...(cause === undefined ? {} : { cause }),
    })

  return {
    catchUp,
    settled: () => rested,
    deliver: (items, received) =>
      settle(
        items,
        (token) => ({ kind: 'delivered', token }),
        (settled) => ledger.deliver(pixelId, idsOf(settled), received),
      ),
    retry: (items, isAttempt, delayMs) =>
      settle(
        items,
        (token) => ({ kind: 'retry', token, isAttempt, delayMs: delayMs(token) }),
        (settled) => ledger.postpone(pixelId, settled.length),
      ),
    expire: (items) => settle(items, (token) => ({ kind: 'expired', token }), drop('expired')),
    bury: (items, cause) =>
      settle(items, (token) => ({ kind: 'dead', token, cause }), drop('rejected', cause)),
  }
}
