import type { DatabaseSync } from 'node:sqlite'
import { type Connection, closeConnection, openConnection } from '../file/connection.ts'
import { forgetHolder, noteHolder } from '../file/holder.ts'
import { type Displaced, watchPlace } from '../file/place.ts'
import type { OutboxOptions } from '../outbox-options.ts'
import { failure } from '../outbox-problem.ts'
import { adopt, adoptOn } from './adopt.ts'
import { checkOn } from './check-rows.ts'
import { deadLettersOn } from './dead-letters.ts'
import { expiryOn } from './expiry.ts'
import { knownKeysOn } from './known-keys.ts'
import { matchingOn } from './matching.ts'
import type { Owner } from './owner.ts'
import type { Adopted, Call, Operations } from './protocol.ts'
import { queueOn } from './queue.ts'
import { type Tally, tallyOf } from './tally.ts'
import { check, isRoomy, tidy, type Upkeep } from './upkeep.ts'

/** Rows taken over in one step: it must not hold up a put for long. */
const MAX_ADOPTED = 100
/** SQLITE_ERROR: of our own statements, only when a name in the schema is damaged. */
const UNPREPARABLE = 1

/** An open file, with what it can be asked; everything synchronous. */
export interface OutboxDatabase {
  readonly db: DatabaseSync
  readonly tally: Tally
  /** Does all calls in one transaction. @returns their values; if one fails, none of them happened. */
  transaction(calls: readonly Call[]): unknown[]
  /** What became of its files; undefined: they are where the next start looks for them. */
  displaced(): Displaced | undefined
  /** Much of it is free: `tidy` would make it smaller. */
  isRoomy(): boolean
  /** Drops what is over, and gives space back, in the steps that follow. */
  tidy(): void
  /**
   * Takes over what these files hold, in the steps that follow, and removes them.
   * @param open undefined: not that one
   */
  adopt(paths: readonly string[], open: (path: string) => DatabaseSync | undefined): void
  /** One step of what can wait for a quiet moment. @returns whether there are more. */
  step(): boolean
  close(): void
  /** Lets go of the file without another write, when it is not to be trusted. */
  abandon(): void
}

/**
 * @param prepare gets the open file before it is read.
 * @throws what SQLite throws, or OutboxFailure
 */
export function openOutbox(
  options: OutboxOptions,
  owner: Owner,
  prepare: (db: DatabaseSync) => void = () => {},
): OutboxDatabase {
  const connection = openConnection(options)
  try {
    prepare(connection.db)
    const opened = outboxOn(connection, options, owner)
    noteHolder(options.path)
    return opened
  } catch (error) {
    connection.db.close() // Or its lock would stand in the way of whoever tries again.
    if ((error as { errcode?: number }).errcode === UNPREPARABLE) {
      throw failure('corrupt', options.path, 'its tables are not those that were made')
    }
    throw error
  }
}

function outboxOn(
  { db, isUnchecked }: Connection,
  options: OutboxOptions,
  owner: Owner,
): OutboxDatabase {
  const tally = tallyOf(db, owner)
  const keys = knownKeysOn(db, owner)
  const parts = { db, options, owner, tally, keys }
  const dead = deadLettersOn(parts)
  const queue = queueOn(parts, dead)
  // On a network filesystem the numbers of a file may change.
  const displaced = options.allowNetworkFilesystem ? () => undefined : watchPlace(options.path)
  let commits = 0
  const operations: Operations = {
    ...queue,
    ...dead,
    ...expiryOn(parts, queue, dead),
    ...matchingOn(parts, queue, dead),
    ...checkOn(parts, queue),
    ...adoptOn(parts, queue, dead),
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

  function transaction(calls: readonly Call[]): unknown[] {
    db.exec('BEGIN')
    try {
      keys.expect(
        calls.flatMap(({ method, args }) =>
          method === 'put' ? args[0].map(({ key }) => key) : [],
        ),
      )
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
  }

  const checkRows = (method: 'check', ...args: [after: number, limit: number]) =>
    transaction([{ method, args }])[0] as number | undefined
  const upkeep: Upkeep[] = isUnchecked ? [check(parts, checkRows)] : []
  let isTidying = false
  let isAdopting = false

  function* tidyOnce(): Upkeep {
    try {
      yield* tidy(parts)
    } finally {
      isTidying = false
    }
  }

  function* adoptAll(
    paths: readonly string[],
    open: (path: string) => DatabaseSync | undefined,
  ): Upkeep {
    const most = Math.min(MAX_ADOPTED, options.maxEvents)
    const take = (found: Adopted) => transaction([{ method: 'adopt', args: [found] }])[0] === true
    try {
      for (const path of paths) {
        const from = open(path)
        if (from !== undefined) yield* adopt(from, { path, nowMs: owner.nowMs, most, take })
        yield
      }
    } finally {
      isAdopting = false
    }
  }

  return {
    db,
    tally,
    displaced,
    transaction,
    isRoomy: () => isRoomy(db),
    tidy() {
      if (!isTidying) upkeep.push(tidyOnce())
      isTidying = true
    },
    adopt(paths, open) {
      if (!isAdopting) upkeep.push(adoptAll(paths, open))
      isAdopting = true
    },
    step() {
      if (upkeep[0]?.next().done) upkeep.shift()
      return upkeep.length > 0
    },
    close() {
      for (const one of upkeep) one.return()
      // While no other process can have noted itself.
      forgetHolder(options.path)
      closeConnection(db)
    },
    abandon() {
      for (const one of upkeep) one.return()
      if (displaced() === undefined) forgetHolder(options.path)
      db.close()
    },
  }
}
