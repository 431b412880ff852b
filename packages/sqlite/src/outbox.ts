import { ballast } from './ballast.ts'
import { type OutboxDatabase, openOutbox } from './outbox-database.ts'
import type { OutboxOptions, OutboxWarning } from './outbox-options.ts'
import { failure, type OutboxFailure, toFailure } from './outbox-problem.ts'
import { type Leases, newOwner } from './owner.ts'
import type { Answer, Call } from './protocol.ts'
import { repair } from './repair.ts'
import type { LaneCount } from './salvage.ts'

/** A file damaged again this soon is not the file's fault: it is left alone for a while. */
const REPAIR_PAUSE_MS = 60_000
/** How often a full disk is looked at. */
const ROOM_PAUSE_MS = 1_000

/** The outbox and what it does when its file or disk fails. */
export interface OutboxEngine {
  /** Opens the file if it is not open; a caller that is refused may try again. @throws OutboxFailure */
  open(): void
  /** Does the calls, sharing one commit. */
  handle(calls: readonly Call[]): Answer[]
  close(): void
}

export function outbox(
  options: OutboxOptions,
  onWarning: (incident: OutboxWarning) => void,
  generation = 0,
  leases: Leases = [],
): OutboxEngine {
  const { path } = options
  const owner = newOwner(generation, leases)
  const reserve = ballast(path, options.ballastBytes)
  let database: OutboxDatabase | undefined
  let isRecovered = false
  let unrepaired: OutboxFailure | undefined
  let repairedAtMs = Number.NEGATIVE_INFINITY
  let isDiskFull = false
  let lookedAtMs = Number.NEGATIVE_INFINITY

  function reopen(): OutboxDatabase {
    const opened = openOutbox(options, owner)
    // Due moments of a former process mean nothing in this one.
    if (isRecovered) return opened
    try {
      opened.transaction([{ method: 'rebase', args: [] }])
    } catch (error) {
      opened.abandon()
      throw error
    }
    isRecovered = true
    return opened
  }

  function opened(): OutboxDatabase {
    if (database !== undefined) return database
    try {
      database = reopen()
    } catch (error) {
      const failed = toFailure(error, path)
      if (failed.problem !== 'corrupt') throw failed
      database = mended(failed)
    }
    reserve.restore()
    return database
  }

  /** @param held what is known to have been in the file. */
  function mended(damage: OutboxFailure, held?: LaneCount): OutboxDatabase {
    if (performance.now() - repairedAtMs < REPAIR_PAUSE_MS) throw unrepaired ?? damage
    repairedAtMs = performance.now()
    try {
      onWarning(repair(options, owner, held))
      unrepaired = undefined
    } catch (error) {
      unrepaired = toFailure(error, path) // A full disk, for example: the damaged file is still in place.
      throw unrepaired
    }
    return reopen()
  }

  function abandon(): void {
    try {
      database?.abandon()
    } catch {
      // It is given up either way.
    }
    database = undefined
  }

  /** Whether puts may try: after a full disk only once there is room, or they would eat what settling needs. */
  function hasRoom(): boolean {
    if (!isDiskFull) return true
    if (performance.now() - lookedAtMs < ROOM_PAUSE_MS) return false
    lookedAtMs = performance.now()
    isDiskFull = !reserve.restore()
    return !isDiskFull
  }

  function refuse(calls: readonly Call[], failed: OutboxFailure): Answer[] {
    const { problem, message } = failed
    return calls.map(() => ({ problem, message }))
  }

  function perform(calls: readonly Call[], isRetry: boolean): Answer[] {
    try {
      return opened()
        .transaction(calls)
        .map((value) => ({ value }))
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
        lookedAtMs = performance.now()
        return separate(calls)
      case 'corrupt': {
        if (database === undefined) return refuse(calls, failed)
        const held = new Map([...database.tally.lanes].map(([lane, { queued }]) => [lane, queued]))
        abandon()
        try {
          database = mended(failed, held)
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

  function tidy(): void {
    try {
      database?.tidy()
      if (hasRoom()) reserve.restore()
    } catch {
      // What fails here fails again, and is told, where somebody waits for it.
    }
  }

  return {
    open() {
      try {
        opened()
      } catch (error) {
        throw toFailure(error, path)
      }
    },

    handle(calls) {
      const answers = hasRoom() ? perform(calls, false) : separate(calls)
      if (calls.some((call) => call.method === 'sweep')) tidy()
      return answers
    },

    close() {
      try {
        database?.close()
      } catch {
        // Everything acknowledged is in the file or its -wal already; the next start reads both.
      }
      database = undefined
    },
  }
}
