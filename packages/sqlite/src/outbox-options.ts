import { atLeast, callback, checkOptions, type OptionRules, oneOf } from '@capi/core/adapter'

/** The file was damaged, and the outbox went on without a part of what it held. */
export interface DamagedFile {
  readonly kind: 'corrupt'
  /** The database file. */
  readonly path: string
  /** The damaged file, put aside with its `-wal`; hold it as personal data, delete it when you are done. */
  readonly quarantinedAs: string
  /** Events taken over into the new file. */
  readonly salvaged: number
  /** Events that were not readable. Absent: the damage hides how many there were. */
  readonly lost?: number
}

/** The file, or the `-wal` beside it, was removed or replaced while the outbox had it open. Nothing was lost. */
export interface DisplacedFile {
  /** Its path leads to nothing, or to another file. */
  readonly kind: 'removed' | 'replaced'
  /** The file that is not there any more, or is another one. */
  readonly path: string
  /** Events that were taken over into the file that is there now. */
  readonly carriedOver: number
}

/** What happened to the file. */
export type OutboxWarning = DamagedFile | DisplacedFile

/** Where the file is, what it may hold, and what an accepted event survives. */
export interface SqliteOutboxOptions {
  /** The database file; made, with its folder, when it is missing. One running process for each file. */
  readonly path: string
  /**
   * `strict`, the default: an accepted event survives the process, the kernel and a power cut, as far as
   * the disk keeps its word on a sync. `fast`: it survives the process, also `kill -9`; a power cut may
   * take the last accepted ones, and never the file.
   */
  readonly durability?: 'strict' | 'fast' | undefined
  /** Most events held, default 500,000. More are refused as `queue_full`. */
  readonly maxEvents?: number | undefined
  /** Most bytes of event JSON held, default 1 GiB; the file takes about 1.3 times as much. */
  readonly maxBytes?: number | undefined
  /**
   * How long the first call waits for a former process to let go of the file, milliseconds, default
   * 5,000; 0 does not wait. Once it was unsuccessful, later calls try again without waiting.
   */
  readonly lockTimeoutMs?: number | undefined
  /**
   * For several processes on one machine, as those of `node:cluster` or PM2: each takes a file of its own, the first of `path`, `path.2`,
   * `path.3` … that no process has. What a process that is gone left behind is sent by the one that takes its file, or by another after
   * some seconds. Duplicates are recognised within a process only. Default false: one process, one file.
   */
  readonly perProcess?: boolean | undefined
  /** Called when the file was damaged, removed or replaced; default: a process warning. Never holds event data. */
  readonly onWarning?: ((incident: OutboxWarning) => void) | undefined
  /** Opens the file also on NFS, SMB, 9p or FUSE, where SQLite's locks and syncs may not hold; default false. */
  readonly allowNetworkFilesystem?: boolean | undefined
}

const RULES: OptionRules<SqliteOutboxOptions> = {
  path: {
    holds: (path) => typeof path === 'string' && !['', ':memory:'].includes(path),
    rule: 'is the file to keep events in',
  },
  durability: oneOf('strict', 'fast'),
  maxEvents: atLeast(1, 500_000),
  maxBytes: atLeast(1, 1024 ** 3),
  lockTimeoutMs: atLeast(0, 5_000),
  perProcess: oneOf(false, true),
  onWarning: callback(emitWarning),
  allowNetworkFilesystem: oneOf(false, true),
}

/** What the thread needs to know; goes through `workerData`. */
export interface OutboxOptions {
  readonly path: string
  readonly durability: 'strict' | 'fast'
  readonly maxEvents: number
  readonly maxBytes: number
  readonly lockTimeoutMs: number
  readonly perProcess: boolean
  readonly allowNetworkFilesystem: boolean
  /** Dead letters kept, newest first. */
  readonly maxDeadLetters: number
  /** Up to this size the whole file is checked at every start; a larger one in the background, after a crash. */
  readonly fullCheckBytes: number
  /** What may wait for the thread at a time: it may hang with the disk, and the memory of the process has an end. */
  readonly maxHandedOver: {
    readonly events: number
    readonly bytes: number
    readonly calls: number
  }
  /** Space held back for settling on a full disk. */
  readonly reservedBytes: number
  /** Pages the file may have: for tests of a full disk. */
  readonly maxPages?: number | undefined
}

/** @throws CapiConfigError */
export function resolveOptions(given: SqliteOutboxOptions): OutboxOptions {
  const warn = (line: string) => process.emitWarning(line, 'CapiOutboxWarning', 'option_unknown')
  const { onWarning: _onWarning, ...options } = checkOptions(given, RULES, {
    name: 'sqliteOutbox',
    warn,
  })
  return {
    ...options,
    maxDeadLetters: 10_000,
    fullCheckBytes: 16 * 1024 * 1024,
    maxHandedOver: { events: 20_000, bytes: 32 * 1024 * 1024, calls: 20_000 },
    reservedBytes: 8 * 1024 * 1024,
  }
}

/** Where no one listens. */
export function emitWarning(incident: OutboxWarning): void {
  process.emitWarning(describe(incident), 'CapiOutboxWarning')
}

function describe(incident: OutboxWarning): string {
  const { kind, path } = incident
  if (kind === 'corrupt') {
    const { quarantinedAs, salvaged, lost = 'an unknown number' } = incident
    return `The outbox ${path} was damaged and put aside as ${quarantinedAs}; ${salvaged} events were taken over, ${lost} lost.`
  }
  return (
    `The outbox file ${path} was ${kind} while it was in use; ${incident.carriedOver} events were taken over into the one ` +
    'that is there now. Keep it out of folders that a deployment or a cleaner empties.'
  )
}
