import type { Cause } from '../issue/cause.ts'
import { CapiStoreError } from '../issue/errors.ts'
import type { LeasedItem, Settlement, SettleResult } from '../store/outbox-port.ts'
import type { Store } from '../store/store.ts'
import type { Ledger } from './ledger.ts'

/**
 * Tells the outbox what became of leased events, and counts what the outbox took note of. What it could
 * not take note of is kept for `catchUp`: nothing else rejects, so that no leased event is forgotten
 * half-way through a batch.
 */
export interface Settler {
  /** @param received how many of them Meta says it took; `doubtful`: those that it may count twice. */
  deliver(
    items: readonly LeasedItem[],
    received: number,
    doubtful: readonly LeasedItem[],
  ): Promise<void>
  /** They wait again; `isAttempt` counts the sending. */
  retry(
    items: readonly LeasedItem[],
    isAttempt: boolean,
    delayMs: (item: LeasedItem) => number,
  ): Promise<void>
  expire(items: readonly LeasedItem[]): Promise<void>
  /** Meta refused these. */
  deadLetter(items: readonly LeasedItem[], cause: Cause): Promise<void>
  /** How many came to rest here, delivered or dropped. */
  settled(): number
  /** Events that came to rest or wait again, of which the outbox has not taken note. */
  unsettled(): number
  /** What the outbox could not take note of before. Rejects when it still cannot. */
  catchUp(): Promise<void>
}

const SETTLED: ReadonlySet<unknown> = new Set<SettleResult>(['settled', 'stale', 'unknown'])

interface Note {
  /** Those that the outbox has not answered. */
  items: readonly LeasedItem[]
  settlements: readonly Settlement[]
  /** Those that it took effect for: nobody else counts them. */
  readonly count: (settled: readonly LeasedItem[]) => void
}

export function createSettler(
  pixelId: string,
  { store, ledger }: { store: Store; ledger: Ledger },
): Settler {
  const open: Note[] = []
  let rested = 0
  let unanswered = 0
  let catchingUp: Promise<void> | undefined

  async function write(note: Note, isRepeat: boolean): Promise<void> {
    const { items, settlements, count } = note
    const results: readonly unknown[] = (await store.settle(settlements)) ?? []
    // Unknown when it is repeated: the first time did take effect, only its answer was lost.
    const isDone = (result: unknown) => result === 'settled' || (isRepeat && result === 'unknown')
    const settled = items.filter((_item, index) => isDone(results[index]))
    const isUnanswered = (_one: unknown, index: number) => !SETTLED.has(results[index])
    note.items = items.filter(isUnanswered)
    note.settlements = settlements.filter(isUnanswered)
    if (settled.length > 0) {
      if (settlements[0]?.kind !== 'retry') rested += settled.length
      count(settled)
    }
    if (note.items.length > 0)
      throw new CapiStoreError('unknown', 'The outbox did not say what it took note of.')
  }

  /** One at a time: another sender must not lease what is being repeated, nor repeat it too. */
  function catchUp(): Promise<void> {
    catchingUp ??= repeat().finally(() => {
      catchingUp = undefined
    })
    return catchingUp
  }

  async function repeat(): Promise<void> {
    for (let [note] = open; note !== undefined; [note] = open) {
      await write(note, true)
      open.shift()
    }
  }

  async function settle(
    items: readonly LeasedItem[],
    toSettlement: (item: LeasedItem) => Settlement,
    count: Note['count'],
  ): Promise<void> {
    if (items.length === 0) return
    const note = { items, settlements: items.map(toSettlement), count }
    unanswered += items.length
    try {
      await write(note, false)
    } catch (error) {
      open.push(note)
      ledger.reportOutboxError(error)
    } finally {
      unanswered -= items.length
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
    unsettled: () => open.reduce((sum, { items }) => sum + items.length, unanswered),
    deliver: (items, received, doubtful) =>
      settle(
        items,
        (token) => ({ kind: 'delivered', token }),
        (settled) =>
          ledger.deliver(pixelId, idsOf(settled), {
            received,
            bodies: () => settled.map((item) => item.body),
            mayCountTwice: idsOf(settled.filter((item) => doubtful.includes(item))),
          }),
      ),
    retry: (items, isAttempt, delayMs) =>
      settle(
        items,
        (token) => ({ kind: 'retry', token, isAttempt, delayMs: delayMs(token) }),
        (settled) => ledger.postpone(pixelId, settled.length),
      ),
    expire: (items) => settle(items, (token) => ({ kind: 'expired', token }), drop('expired')),
    deadLetter: (items, cause) =>
      settle(items, (token) => ({ kind: 'dead', token, cause }), drop('rejected', cause)),
  }
}
