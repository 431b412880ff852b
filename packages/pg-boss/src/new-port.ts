import type { Outbox } from '@capi/core/outbox'
import { fromOldPort } from './old-port.ts'
import type { PgBossOutboxOptions } from './outbox-options.ts'
import { pgBossOutbox as oldOutbox } from './pg-boss-outbox.ts'

/**
 * An outbox in Postgres, over the application's pg-boss: shared by as many processes as there are, in the
 * application's own transaction if it gives one. What is kept and for how long stands in the README.
 * Its calls reject with a `CapiStoreError` whose `problem` tells why, within `timeoutMs` (`put`: three times that).
 * @throws CapiConfigError when an option is malformed. Queues are made by the first events of a pixel.
 */
export function pgBossOutbox(options: PgBossOutboxOptions): Outbox {
  return fromOldPort(oldOutbox(options))
}
