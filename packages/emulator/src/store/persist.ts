import { closeSync, openSync, writeSync } from 'node:fs'
import type { EventStore } from './event-store.ts'
import { writeEvent } from './ndjson.ts'
import { withFile } from './with-file.ts'

/** Events are personal data: for the owner's eyes. */
const OWNER_ONLY = 0o600

/**
 * Appends each new event to a file, at once, so that a killed process loses none. What was brought back from a
 * file is not written again, and `clear` leaves the file alone.
 */
export function persistTo(path: string, store: EventStore): void {
  const file = withFile('open', path, () => openSync(path, 'a', OWNER_ONLY))
  store.subscribe((message) => {
    if (message.type === 'event' && !message.isRestored) writeSync(file, writeEvent(message.event))
    if (message.type === 'close') closeSync(file)
  })
}
