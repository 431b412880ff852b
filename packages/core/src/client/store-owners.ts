import type { OutboxStore } from '../delivery/outbox-store.ts'

const owned = new WeakSet<OutboxStore>()

export const STORE_IN_USE =
  'another client of this process has the same store. Each sends and counts events of the other, and closing one stops both. ' +
  'Make the client once and share it, or give each client a store of its own (store_in_use).'

/** Whether an open client has this store already. Shared outboxes may have several. */
export function isInUse(store: OutboxStore): boolean {
  if (store.sharedAs !== undefined) return false
  if (owned.has(store)) return true
  owned.add(store)
  return false
}

/** The client is closed: another one may have the store. */
export function release(store: OutboxStore): void {
  owned.delete(store)
}
