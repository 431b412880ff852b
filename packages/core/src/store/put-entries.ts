import type { Cause } from '../issue/cause.ts'
import { keepLatest } from '../runtime/keep-latest.ts'
import type { OutboxItem, PutResult } from './outbox-port.ts'

/** The answer to the caller of a put. `held`: the event waits in memory, and is put when the outbox answers. */
export interface PutAnswer {
  readonly result: PutResult | 'held' | 'failed'
  /** A duplicate of an event that is held. */
  readonly isHeld?: true
  /** Why the outbox failed. */
  readonly cause?: Cause
}

/** An event on its way into the outbox. */
export interface PutEntry {
  readonly item: OutboxItem
  /** Calls of the outbox that were made with it. None: it is surely not in there. */
  calls: number
  isInCall: boolean
  /** Its caller was answered: it waits here. */
  isHeld: boolean
  /** The outbox handed it out while its put was unanswered. */
  hasLanded: boolean
  /** The same event was put lately: what a put finds is that one. */
  readonly isRepeat: boolean
  /** Times it was refused alone while others were taken, and how many the outbox had taken before the first of them. */
  refusals: number
  takenBefore: number | undefined
  /** Callers that wait for it. */
  tells: ((answer: PutAnswer) => void)[]
}

export interface PutFigures {
  readonly total: number
  /** Held, and surely not in the outbox. */
  readonly held: number
  /** Held, and perhaps in the outbox. */
  readonly unknown: number
}

/** Keys of events that were put lately: a put that finds one of them is a repeat, whatever became of its own first try. */
const RECENT = 2_000
/** Characters of one call, but for a single event that is larger. */
const MAX_BYTES = 2 ** 20
const FIRST_PROBE_MS = 50
const MAX_PROBE_MS = 2_000

/** How long to wait after so many failures in a row. Calls that hang pile up in the outbox: they get rarer. */
export function nextProbeMs(failures: number, timeouts: number): number {
  return Math.min(FIRST_PROBE_MS * 2 ** failures, MAX_PROBE_MS * (1 + timeouts / 8))
}

export function putEntries({ maxEvents, maxBytes }: { maxEvents: number; maxBytes: number }) {
  const entries = new Map<string, PutEntry>()
  const recent = new Set<string>()
  const forgetOldest = keepLatest(recent, RECENT)
  let heldBytes = 0
  let held = 0

  function tell(entry: PutEntry, answer: PutAnswer): void {
    for (const one of entry.tells.splice(0)) one(answer)
  }

  /** @returns false where it does not fit. */
  function hold(entry: PutEntry): boolean {
    if (!entry.isHeld) {
      const size = entry.item.body.length
      if (held >= maxEvents || heldBytes + size > maxBytes) return false
      held++
      heldBytes += size
      entry.isHeld = true
    }
    tell(entry, { result: 'held' })
    return true
  }

  return {
    tell,
    hold,
    all: () => entries.values(),
    matching: (isMatch: (entry: PutEntry) => boolean) => [...entries.values()].filter(isMatch),
    /** The first ones, for one call. */
    group(most: number, isChosen: (entry: PutEntry) => boolean): readonly PutEntry[] {
      const group: PutEntry[] = []
      let size = 0
      for (const entry of entries.values()) {
        if (!isChosen(entry)) continue
        size += entry.item.body.length
        if (group.length >= most || (group.length > 0 && size > MAX_BYTES)) break
        group.push(entry)
      }
      return group
    },
    withKey(key: string, act: (entry: PutEntry) => void): void {
      const entry = entries.get(key)
      if (entry !== undefined) act(entry)
    },
    has: (entry: PutEntry) => entries.get(entry.item.key) === entry,
    /** The outbox took one with this key before. */
    wasTaken: ({ item }: PutEntry) => recent.has(item.key),

    add(item: OutboxItem, tellCaller: PutEntry['tells'][number]): PutEntry {
      const entry: PutEntry = {
        item,
        calls: 0,
        isInCall: false,
        isHeld: false,
        hasLanded: false,
        isRepeat: recent.has(item.key),
        refusals: 0,
        takenBefore: undefined,
        tells: [tellCaller],
      }
      entries.set(item.key, entry)
      return entry
    },

    /** The same event is on its way already: this one is its duplicate, unless that one is lost. */
    join({ key }: OutboxItem, tellCaller: PutEntry['tells'][number]): boolean {
      const entry = entries.get(key)
      if (entry === undefined) return false
      const tellDuplicate = (answer: PutAnswer) => {
        const isLost = answer.result === 'failed' || answer.result === 'full'
        const isHeld = answer.result === 'held'
        tellCaller(isLost ? answer : { result: 'duplicate', ...(isHeld && { isHeld }) })
      }
      if (entry.isHeld) tellDuplicate({ result: 'held' })
      else entry.tells.push(tellDuplicate)
      return true
    },

    /** @returns false where that was done before. */
    remove(entry: PutEntry): boolean {
      if (entries.get(entry.item.key) !== entry) return false
      entries.delete(entry.item.key)
      if (entry.isHeld) {
        held--
        heldBytes -= entry.item.body.length
      }
      return true
    },

    /** Others get their turn before it. */
    moveBack(entry: PutEntry): void {
      entries.delete(entry.item.key)
      entries.set(entry.item.key, entry)
    },

    /** Resolves when it is known what became of it, or the outbox is away. */
    settled: (entry: PutEntry) =>
      new Promise<void>((resolve) => {
        if (entries.get(entry.item.key) === entry) entry.tells.push(() => resolve())
        else resolve()
      }),

    /**
     * What the answer means. After more than one try, the event that a put finds is this one, unless it is known from before;
     * so is one that was handed out meanwhile (`landed`).
     */
    endOf({ item, calls, isRepeat }: PutEntry, result: PutResult | 'landed'): PutResult {
      const { key, rememberUntilMs } = item
      const isFound = result === 'landed' || (result === 'duplicate' && calls > 1)
      const isOwn = isFound && !isRepeat && !recent.has(key)
      const end = isOwn ? 'accepted' : result === 'landed' ? 'duplicate' : result
      // A random id cannot come again.
      if (end === 'accepted' && rememberUntilMs > 0) {
        recent.add(key)
        forgetOldest()
      }
      return end
    },

    figures(): PutFigures {
      let unknown = 0
      for (const { isHeld, calls } of entries.values()) if (isHeld && calls > 0) unknown++
      return { total: entries.size, held: held - unknown, unknown }
    },
  }
}
