import { attempt } from '@capi/core/adapter'
import type { Outbox } from '@capi/core/outbox'
import { emitWarning, resolveOptions, type SqliteOutboxOptions } from './outbox-options.ts'
import { outboxThread } from './thread/outbox-thread.ts'

const POLL_MS = 5_000

/**
 * An outbox in one SQLite file: what `track` accepted survives the process, and with the default
 * durability also a power cut. One running process for each file; a thread of its own does the writing.
 * Its calls reject with a `CapiStoreError` whose `problem` is a `SqliteProblem`.
 * @throws CapiConfigError when an option is malformed, and where a bundler has left the thread's file behind. The file is opened by the first call.
 * @example
 * createCapi({ ...optionsFromEnv(process.env), outbox: sqliteOutbox({ path: './capi.db' }) })
 */
export function sqliteOutbox(options: SqliteOutboxOptions): Outbox {
  const resolved = resolveOptions(options)
  const thread = outboxThread(resolved, (incident) =>
    // The application's own callback must not bring its process down.
    attempt(() => (options.onWarning ?? emitWarning)(incident)),
  )
  return {
    isDurable: true,
    // What this process took over from another one is found by looking for it.
    ...(resolved.perProcess && { sharedAs: 'worker', pollMs: POLL_MS }),
    put: (items, time) => thread.call('put', items, time),
    lease: (request, time) => thread.call('lease', request, time),
    settle: (settlements, time) => thread.call('settle', settlements, time),
    renew: (tokens, leaseMs, time) => thread.call('renew', tokens, leaseMs, time),
    recover: (time) => thread.call('recover', time),
    dueLanes: (time) => thread.call('dueLanes', time),
    takeExpired: (limit, time) => thread.call('takeExpired', limit, time),
    readDead: (filter, limit) => thread.call('readDead', filter, limit),
    removeDead: (ids) => thread.call('removeDead', ids),
    removeMatching: (hashes, page) => thread.call('removeMatching', hashes, page),
    counts: () => thread.call('counts'),
    close: () => thread.close(),
  }
}
