import type { Cause } from '../issue/cause.ts'
import { CapiError } from '../issue/errors.ts'

/** What keeps the outbox from working, as far as it said so. */
export function problemOf(error: unknown): string {
  return CapiError.is(error) && error.code === 'store_failed' ? error.problem : 'unknown'
}

/** What a report may say of an outbox's failure: for example `store_disk_full`. */
export function outboxCause(error: unknown): Cause {
  const problem = problemOf(error)
  return { code: problem === 'unknown' ? 'store_failed' : `store_${problem}` }
}

/** Whether the outbox may work: it may not take one event, or another caller is putting the same one. */
export function isOfOneEvent(error: unknown): boolean {
  return ['unknown', 'busy'].includes(problemOf(error))
}
