import type { Outbox } from '@capi/core/outbox'
import { bullmqOutbox as oldOutbox } from './bullmq-outbox.ts'
import { fromOldPort } from './old-port.ts'
import type { BullmqOutboxOptions } from './outbox-options.ts'

/**
 * An outbox on Redis that many processes share, in a queue of BullMQ: what `track` accepted is delivered by whichever worker comes to
 * it, also when the one that had it died. Its calls reject with a `CapiStoreError` whose `problem` tells why, and
 * none waits longer than `timeoutMs` (five times that for leasing and settling).
 * @throws CapiConfigError when an option is malformed. The first call connects.
 */
export function bullmqOutbox(options: BullmqOutboxOptions): Outbox {
  return fromOldPort(oldOutbox(options))
}
