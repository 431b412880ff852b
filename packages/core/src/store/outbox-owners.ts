import { CapiConfigError } from '../errors.ts'
import type { Outbox } from './outbox-port.ts'

const owned = new WeakSet<Outbox>()

/**
 * Gives the outbox to a client, until it is closed. Outboxes that are shared by design may have several clients.
 * @throws CapiConfigError when another open client has it: each would send and count events of the other, and closing one would
 * stop both.
 */
export function claim(outbox: Outbox): void {
  if (outbox.sharedAs !== undefined) return
  if (owned.has(outbox)) {
    throw new CapiConfigError(
      'config_invalid',
      'Another client of this process has the same outbox, and this one was not made: each would send and count events of the other. ' +
        'Make the client once and share it, close the other one first, or give each client an outbox of its own (outbox_in_use).',
    )
  }
  owned.add(outbox)
}

/** The client is closed: another one may have the outbox. */
export function release(outbox: Outbox): void {
  owned.delete(outbox)
}
