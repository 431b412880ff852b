import type { Outbox } from '../delivery/outbox-port.ts'

const owned = new WeakSet<Outbox>()

export const OUTBOX_IN_USE =
  'another client of this process has the same outbox. Each sends and counts events of the other, and closing one stops both. ' +
  'Make the client once and share it, or give each client an outbox of its own (outbox_in_use).'

/** Whether an open client has this outbox already. Shared outboxes may have several. */
export function isInUse(outbox: Outbox): boolean {
  if (outbox.sharedAs !== undefined) return false
  if (owned.has(outbox)) return true
  owned.add(outbox)
  return false
}

/** The client is closed: another one may have the outbox. */
export function release(outbox: Outbox): void {
  owned.delete(outbox)
}
