import type { DatabaseSync } from 'node:sqlite'
import type { Loss } from '@capi/core/outbox'
import { carryOver } from '../damage/carry-over.ts'
import { attempt, type LaneCount } from '../damage/copy-all.ts'
import { repair } from '../damage/repair.ts'
import { openConnection } from '../file/connection.ts'
import { reservedSpace } from '../file/reserved-space.ts'
import type { OutboxOptions, OutboxWarning } from '../outbox-options.ts'
import { failure, type OutboxFailure, toFailure } from '../outbox-problem.ts'
import { type OutboxDatabase, openOutbox } from './outbox-database.ts'
import { type Leases, newOwner } from './owner.ts'
import { type Answer, type Call, timeOf } from './protocol.ts'
import { whole } from './rows.ts'

/** A file damaged again this soon is not the file's fault: it is left alone for a while. */
const REPAIR_PAUSE_MS = 60_000
/** How often a full disk is looked at. */
const ROOM_PAUSE_MS = 1_000

/** The outbox and what it does when its file or disk fails. */
export interface OutboxEngine {
  /** Does the calls, sharing one commit. */
  handle(calls: readonly Call[]): Answer[]
  /** It has a file, and may hold what is nowhere else. */
  isOpen(): boolean
  /** Takes over what these files hold, as far as no process has them any more. */
  adopt(others: readonly string[]): void
  /** One step of what can wait until no call is there. @returns whether there are more. */
  step(): boolean
  /** @returns what cannot be kept. */
  close(): readonly Loss[]
}

export function outboxEngine(
  options: OutboxOptions,
  onWarning: (incident: OutboxWarning) => void,
  generation = 0,
  leases: Leases = new Map(),
): OutboxEngine {
  const { path } = options
  const owner = newOwner(generation, leases)
  const reserve = reservedSpace(path, options.reservedBytes)
  let database: OutboxDatabase | undefined
  let { lockTimeoutMs } = options
  let unrepaired: OutboxFailure | undefined
  let repairedAtTick = Number.NEGATIVE_INFINITY
  let isDiskFull = false
  /** Nobody waits for it: the first event is answered before. */
  let isReserveDue = false
  let lookedAtTick = Number.NEGATIVE_INFINITY

  function opened(): OutboxDatabase {
    if (database !== undefined) return database
    const patience = { ...options, lockTimeoutMs }
    // Once it failed, later calls do not wait again.
    lockTimeoutMs = 0
    try {
      database = openOutbox(patience, owner)
    } catch (error) {
      const failed = toFailure(error, path)
      if (failed.problem !== 'corrupt') throw failed
      database = repaired(failed)
    }
    isReserveDue = true
    return database
  }

  /** @param held what is known to have been in the file. */
  function repaired(damage: OutboxFailure, held?: LaneCount): OutboxDatabase {
    if (owner.tick - repairedAtTick < REPAIR_PAUSE_MS) throw unrepaired ?? damage
    repairedAtTick = owner.tick
    try {
      onWarning(repair(options, owner, held))
      unrepaired = undefined
    } catch (error) {
      unrepaired = toFailure(error, path) // A full disk, for example: the damaged file is still in place.
      throw unrepaired
    }
    return openOutbox(options, owner)
  }

  function abandon(): void {
    try {
      database?.abandon()
    } catch {
      // It is given up either way.
    }
    database = undefined
  }

  /** Everything that was committed belongs where the next start finds it. @returns why it is not. */
  function displacement(): OutboxFailure | undefined {
    const former = database
    const found = former?.displaced()
    if (former === undefined || found === undefined) return undefined
    try {
      database = found.path === path ? carried(former) : reopened(former)
      const carriedOver = former.tally.total.queued
      onWarning({ ...found, carriedOver })
      isReserveDue = true
      return undefined
    } catch (error) {
      // What was committed is in the file that is open, and is taken over by a later call.
      return toFailure(error, path)
    }
  }

  function carried(former: OutboxDatabase): OutboxDatabase {
    const carry = () => carryOver(former.db, options, owner)
    let next: OutboxDatabase
    try {
      next = carry()
    } catch (error) {
      if (toFailure(error, path).problem !== 'corrupt') throw error
      onWarning(repair(options, owner))
      next = carry()
    }
    former.abandon()
    return next
  }

  /** Only the `-wal` is gone: the file itself takes what was in it. */
  function reopened(former: OutboxDatabase): OutboxDatabase {
    former.db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    former.db.close()
    database = undefined
    return openOutbox(options, owner)
  }

  /** @returns undefined: a process has it, or it is tried again later. */
  function openOther(other: string): DatabaseSync | undefined {
    const there = { ...options, path: other, lockTimeoutMs: 0 }
    try {
      return openConnection(there).db
    } catch (error) {
      if (toFailure(error, other).problem !== 'corrupt') return undefined
      attempt(() => onWarning(repair(there, owner)))
      return undefined
    }
  }

  /** Whether puts may try: after a full disk only once there is room, or they would eat what settling needs. */
  function hasRoom(): boolean {
    if (!isDiskFull) return true
    if (owner.tick - lookedAtTick < ROOM_PAUSE_MS) return false
    lookedAtTick = owner.tick
    isDiskFull = !reserve.restore()
    return !isDiskFull
  }

  function refuse(calls: readonly Call[], failed: OutboxFailure): Answer[] {
    const { problem, message } = failed
    return calls.map(() => ({ problem, message }))
  }

  function perform(calls: readonly Call[], isRetry: boolean): Answer[] {
    try {
      const values = opened().transaction(calls)
      const failed = displacement()
      return failed === undefined ? values.map((value) => ({ value })) : refuse(calls, failed)
    } catch (error) {
      const failed = toFailure(error, path)
      if (failed.problem === 'io') abandon() // The handle is not to be trusted; the next call opens again.
      if (isRetry) return refuse(calls, failed)
      return afterFailure(calls, failed)
    }
  }

  /** Nothing of the calls has happened; what can be done about it is done once. */
  function afterFailure(calls: readonly Call[], failed: OutboxFailure): Answer[] {
    switch (failed.problem) {
      case 'disk_full':
        reserve.release()
        isDiskFull = true
        lookedAtTick = owner.tick
        return separate(calls)
      case 'corrupt': {
        if (database === undefined) return refuse(calls, failed)
        const held = new Map([...database.tally.lanes].map(([lane, { queued }]) => [lane, queued]))
        abandon()
        try {
          database = repaired(failed, held)
        } catch (error) {
          return refuse(calls, toFailure(error, path))
        }
        return perform(calls, true)
      }
      case 'unknown':
        // One call that cannot be done must not fail those it shares a commit with.
        return calls.length === 1
          ? refuse(calls, failed)
          : calls.flatMap((call) => perform([call], true))
      default:
        return refuse(calls, failed)
    }
  }

  /** While the disk is full, puts are refused and the rest goes on with the room that was held back. */
  function separate(calls: readonly Call[]): Answer[] {
    const rest = calls.filter((call) => call.method !== 'put')
    const answers = rest.length === 0 ? [] : perform(rest, true)
    const [full] = refuse([calls[0] as Call], failure('disk_full', path))
    return calls.map((call) => (call.method === 'put' ? full : answers.shift()) as Answer)
  }

  return {
    handle(calls) {
      for (const time of calls.map(timeOf)) {
        owner.tick = Math.max(owner.tick, time?.tickMs || 0)
        owner.nowMs = whole(time?.nowMs ?? owner.nowMs)
      }
      const answers = hasRoom() ? perform(calls, false) : separate(calls)
      if (calls.some(({ method }) => method === 'takeExpired')) {
        database?.tidy()
        isReserveDue = hasRoom()
      } else if (isDrainedBy(calls)) database?.tidy()
      return answers
    },

    isOpen: () => database !== undefined,

    adopt(others) {
      database?.adopt(others, openOther)
    },

    step() {
      try {
        isReserveDue &&= !isDiskFull && reserve.grow()
        return (database?.step() ?? false) || isReserveDue
      } catch (error) {
        const failed = toFailure(error, path)
        // What else fails here fails again, and is told, where somebody waits for it.
        if (failed.problem === 'corrupt') afterFailure([], failed)
        return false
      }
    },

    close() {
      try {
        const failed = displacement()
        if (failed !== undefined) return lost()
        database?.close()
      } catch {
        // Everything acknowledged is in the file or its -wal already; the next start reads both.
      } finally {
        database = undefined
      }
      return []
    },
  }

  /** It left a large file behind. */
  function isDrainedBy(calls: readonly Call[]): boolean {
    const isSettling = calls.some(({ method }) => method === 'settle')
    return isSettling && database?.tally.total.queued === 0 && database.isRoomy()
  }

  /** It is in a file that nobody can open again. */
  function lost(): readonly Loss[] {
    return [...(database?.tally.lanes ?? [])].flatMap(([lane, { queued }]): Loss[] =>
      queued > 0 ? [{ lane, reason: 'closed', count: queued }] : [],
    )
  }
}
