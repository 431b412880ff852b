import { problemOf } from './outbox-cause.ts'
import type { OutboxItem, PutResult } from './outbox-port.ts'
import { type Limit, within } from './within.ts'

/** Calls on their way together; what comes meanwhile shares the next one. */
const AT_A_TIME = 4
/** Maximum events and characters of one call, but for a single one that is larger. */
const MAX_EVENTS = 500
const MAX_BYTES = 2 ** 20

type Results = readonly PutResult[]

interface Waiting {
  readonly items: readonly OutboxItem[]
  /** Its caller got a failure: it must not happen if it has not begun. */
  readonly isGivenUp: () => boolean
  readonly resolve: (results: Results) => void
  readonly reject: (error: unknown) => void
}

/** One answer for each item, however late. `isGivenUp` is asked before the outbox is. */
export type GroupedPut = (
  items: readonly OutboxItem[],
  isGivenUp: () => boolean,
) => Promise<Results>

/**
 * Lets puts of one moment share a call of the outbox, and so a commit: a busy shop takes in many times as much, and an
 * idle one waits for no other. An event that the outbox cannot take costs the others nothing.
 */
export function groupedPut(
  put: (items: readonly OutboxItem[]) => Promise<Results>,
  limit: Limit,
): GroupedPut {
  const waiting: Waiting[] = []
  let running = 0
  let isDue = false

  function nextGroup(): readonly Waiting[] {
    const group: Waiting[] = []
    let events = 0
    let bytes = 0
    let taken = 0
    for (const one of waiting) {
      events += one.items.length
      for (const { body } of one.items) bytes += body.length
      if (group.length > 0 && (events > MAX_EVENTS || bytes > MAX_BYTES)) break
      taken++
      if (!one.isGivenUp()) group.push(one)
    }
    waiting.splice(0, taken)
    return group
  }

  /** Each gets its own part of the answer. */
  async function ask(group: readonly Waiting[]): Promise<void> {
    const [first] = group
    try {
      const results: readonly unknown[] = await put(
        group.length === 1 && first ? first.items : group.flatMap(({ items }) => items),
      )
      let start = 0
      for (const { items, resolve } of group) {
        resolve(results.slice(start, start + items.length) as Results)
        start += items.length
      }
    } catch (error) {
      // Not the outbox's own trouble: it may be one event that it does not take.
      const isOnes = group.length > 1 && problemOf(error) === 'unknown'
      for (const one of group) {
        if (isOnes) await ask([one])
        else one.reject(error)
      }
    }
  }

  async function run(): Promise<void> {
    running++
    while (waiting.length > 0) {
      const group = nextGroup()
      // One that hangs keeps its own callers waiting, and no others.
      if (group.length > 0) await within(limit, () => ask(group)).catch(() => {})
    }
    running--
  }

  function start(): void {
    isDue = false
    if (running < AT_A_TIME) void run()
  }

  return (items, isGivenUp) =>
    new Promise((resolve, reject) => {
      waiting.push({ items, isGivenUp, resolve, reject })
      if (isDue || running >= AT_A_TIME) return
      isDue = true
      // At the end of this turn: what is tracked in one go travels together.
      queueMicrotask(start)
    })
}
