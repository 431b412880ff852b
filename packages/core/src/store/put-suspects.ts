import { attempt } from '../runtime/attempt.ts'
import type { Clock } from '../runtime/clock.ts'
import type { PutEntry } from './put-entries.ts'

const FIRST_MS = 1_000
const LONGEST_MS = 300_000
/** After a week Meta would not take it any more. */
const MAX_REFUSALS = 2_000

/** Events that the outbox refuses, it seems, for what they are: it takes others. They are tried ever less often. */
export interface PutSuspects {
  has(entry: PutEntry): boolean
  /** @returns false where it was tried often enough. */
  add(entry: PutEntry): boolean
  delete(entry: PutEntry): void
  /** All of them may be tried now. */
  clear(): void
}

/** @param onDue one of them may be tried again. */
export function putSuspects(clock: Clock, onDue: () => void): PutSuspects {
  const suspects = new Set<PutEntry>()
  return {
    has: (entry) => suspects.has(entry),
    add(entry) {
      if (entry.refusals > MAX_REFUSALS) return false
      const delayMs = Math.min(FIRST_MS * 2 ** entry.refusals++, LONGEST_MS)
      suspects.add(entry)
      const onTimer = () => {
        suspects.delete(entry)
        onDue()
      }
      attempt(() => clock.after(delayMs, onTimer))
      return true
    },
    delete: (entry) => void suspects.delete(entry),
    clear: () => suspects.clear(),
  }
}
