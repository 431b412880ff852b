import type { DatabaseSync } from 'node:sqlite'
import type { OutboxOptions } from '../outbox-options.ts'
import { type OutboxDatabase, openOutbox } from '../thread/outbox-database.ts'
import type { Owner } from '../thread/owner.ts'
import { copyAll } from './copy-all.ts'

/**
 * Takes what an open file holds, whose name leads elsewhere by now, into the file that the name leads to, or into a new
 * one. What that one holds stays in it.
 * @throws what another try may fix; the file that is open is left as it is
 */
export function carryOver(
  from: DatabaseSync,
  options: OutboxOptions,
  owner: Owner,
): OutboxDatabase {
  return openOutbox({ ...options, lockTimeoutMs: 0 }, owner, (into) => {
    copyAll(from, into, owner.nowMs)
  })
}
