import { CapiConfigError } from '../issue/errors.ts'
import type { Outbox } from './outbox-port.ts'

/** The open client that has an outbox. */
const owners = new WeakMap<Outbox, object>()

/**
 * Gives the outbox to a client, until it is closed. Outboxes that are shared by design may have several clients.
 * @throws CapiConfigError when another open client has it: each would send and count events of the other, and closing one would
 * stop both.
 */
export function claim(outbox: Outbox, owner: object): void {
  if (outbox.sharedAs !== undefined) return
  if (owners.has(outbox)) {
    throw new CapiConfigError(
      'config_invalid',
      'Another client of this process has the same outbox, and this one was not made. ' +
        'Make the client once and share it, close the other one first, or give each client an outbox of its own (outbox_in_use).',
    )
  }
  owners.set(outbox, owner)
}

/** Whether a client may close the outbox: one that sends nothing may have been given that of one that does. */
export function mayClose(outbox: Outbox, owner: object): boolean {
  return (owners.get(outbox) ?? owner) === owner
}

/** Another client may have the outbox from now on. */
export function release(outbox: Outbox): void {
  owners.delete(outbox)
}
