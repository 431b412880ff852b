import type { DatabaseSync } from 'node:sqlite'
import { closeConnection, openConnection } from '../file/connection.ts'
import { forgetHolder, noteHolder } from '../file/holder.ts'
import type { OutboxOptions } from '../outbox-options.ts'
import { failure } from '../outbox-problem.ts'
import { deadLettersOn } from './dead-letters.ts'
import { expiryOn } from './expiry.ts'
import { knownKeysOn } from './known-keys.ts'
import { matchingOn } from './matching.ts'
import type { Owner } from './owner.ts'
import type { Call, Operations } from './protocol.ts'
import { queueOn } from './queue.ts'
import { type Tally, tallyOf } from './tally.ts'

/** Free pages given back to the disk at a time, 8 KiB each. */
const VACUUM_PAGES = 1_000

/** SQLITE_ERROR: of our own statements, only when a name in the schema is damaged. */
const UNPREPARABLE = 1

/** An open file, with what it can be asked; everything synchronous. */
export interface OutboxDatabase {
  readonly tally: Tally
  /** Does all calls in one transaction. @returns their values; if one fails, none of them happened. */
  transaction(calls: readonly Call[]): unknown[]
  /** Work that can wait for a quiet moment. */
  tidy(): void
  close(): void
  /** Lets go of the file without another write, when it is not to be trusted. */
  abandon(): void
}

/** @throws what SQLite throws, or OutboxFailure */
export function openOutbox(options: OutboxOptions, owner: Owner): OutboxDatabase {
  const db = openConnection(options)
  try {
    const opened = outboxOn(db, options, owner)
    noteHolder(options.path)
    return opened
  } catch (error) {
    db.close() // Or its lock would stand in the way of whoever tries again.
    if ((error as { errcode?: number }).errcode === UNPREPARABLE) {
      throw failure('corrupt', options.path, 'its tables are not those that were made')
    }
    throw error
  }
}

function outboxOn(db: DatabaseSync, options: OutboxOptions, owner: Owner): OutboxDatabase {
  const tally = tallyOf(db, owner)
  const keys = knownKeysOn(db, owner)
  const parts = { db, options, owner, tally, keys }
  const dead = deadLettersOn(parts)
  const queue = queueOn(parts, dead)
  let commits = 0
  const operations: Operations = {
    ...queue,
    ...dead,
    ...expiryOn(parts, queue, dead),
    ...matchingOn(parts, queue, dead),
    counts: () =>
      Object.fromEntries(
        [...tally.lanes].map(([lane, { queued, dead }]) => [lane, { queued, dead }]),
      ),
    commits: () => commits,
  }

  function rollback(): void {
    for (const undo of owner.undo.splice(0).reverse()) undo()
    try {
      db.exec('ROLLBACK')
    } catch {
      // SQLite has rolled back by itself, as it does for the gravest failures.
    }
  }

  return {
    tally,
    transaction(calls) {
      db.exec('BEGIN')
      try {
        const values = calls.map(({ method, args }) => {
          const operation = operations[method] as (...given: typeof args) => unknown
          return operation(...args)
        })
        keys.write()
        tally.write()
        db.exec('COMMIT')
        commits++
        owner.undo.length = 0
        return values
      } catch (error) {
        rollback()
        throw error
      }
    },
    tidy() {
      // The file shrinks when the -wal is written back, and not before.
      db.exec(`PRAGMA incremental_vacuum(${VACUUM_PAGES}); PRAGMA wal_checkpoint(TRUNCATE)`)
    },
    close() {
      // While no other process can have noted itself.
      forgetHolder(options.path)
      closeConnection(db)
    },
    abandon() {
      forgetHolder(options.path)
      db.close()
    },
  }
}
