import { CapiError } from '../errors.ts'
import type { Cause } from './drop-reason.ts'

/** What may be told of an outbox's failure: for example `store_disk_full`; `store_failed` where nothing is known of it. */
export function outboxCause(error: unknown): Cause {
  const problem = CapiError.is(error) && error.code === 'store_failed' ? error.problem : 'unknown'
  return { code: problem === 'unknown' ? 'store_failed' : `store_${problem}` }
}
