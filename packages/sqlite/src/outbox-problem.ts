import { whoHolds } from './file/holder.ts'

/** Why the outbox cannot work: the `problem` of its `CapiStoreError`s. */
export type SqliteProblem =
  /** Another process has the file, or another client of this process: the message says which. */
  | 'locked'
  | 'disk_full'
  /** Reading or writing failed. */
  | 'io'
  /** Damaged beyond what the outbox could put aside. */
  | 'corrupt'
  /** The file lies where locks and syncs do not hold. */
  | 'network_filesystem'
  /** Written by a newer version of this package. */
  | 'newer_version'
  /** The disk hangs or is too slow: what waits for it fills the memory that it may. */
  | 'busy'
  | 'closed'
  | 'unknown'

/** A failure inside the thread; becomes a `CapiStoreError` on the caller's side. */
export class OutboxFailure extends Error {
  readonly problem: SqliteProblem

  constructor(problem: SqliteProblem, message: string) {
    super(message)
    this.problem = problem
  }
}

/** SQLite's primary result codes. Source: sqlite.org/rescode.html. */
const BY_SQLITE: Readonly<Record<number, SqliteProblem>> = {
  5: 'locked', // BUSY
  6: 'locked', // LOCKED
  8: 'io', // READONLY
  10: 'io', // IOERR
  11: 'corrupt', // CORRUPT
  13: 'disk_full', // FULL
  14: 'io', // CANTOPEN
  26: 'corrupt', // NOTADB
}

const BY_CODE: Readonly<Record<string, SqliteProblem>> = {
  ENOSPC: 'disk_full',
  EDQUOT: 'disk_full',
  // node:sqlite met a number that no row of ours holds.
  ERR_OUT_OF_RANGE: 'corrupt',
}

const WHAT_TO_DO: Readonly<Record<Exclude<SqliteProblem, 'locked'>, string>> = {
  disk_full: 'The disk is full: free some space. Queued events are kept, and delivery goes on.',
  io: 'Reading or writing failed: check that the file and its folder can be written, and the disk.',
  corrupt: 'The file is damaged and could not be put aside: move it away by hand.',
  network_filesystem:
    'It lies on a network filesystem, where locks and syncs may not hold: use a local disk.',
  newer_version: 'A newer version of @capi/sqlite wrote it: update this one.',
  busy: 'The disk hangs or is too slow: check it.',
  closed: 'The outbox is closed.',
  unknown: 'This should not happen: please report it.',
}

/** What node:sqlite and node:fs put on their errors. */
interface Thrown {
  readonly code?: string
  readonly syscall?: string
  readonly errcode?: number
  readonly errstr?: string
}

/** The error for what SQLite or the filesystem threw: names the file and what to do, never a value of a row. */
export function toFailure(error: unknown, path: string): OutboxFailure {
  if (error instanceof OutboxFailure) return error
  const { code = '', syscall, errcode, errstr } = error as Thrown
  const ofSystem = BY_CODE[code] ?? (syscall === undefined ? undefined : 'io')
  const known = errcode === undefined ? ofSystem : BY_SQLITE[errcode & 0xff]
  const detail = errcode === undefined ? code || nameOf(error) : `SQLite ${errcode}, ${errstr}`
  return failure(known ?? 'unknown', path, detail)
}

export function failure(problem: SqliteProblem, path: string, detail?: string): OutboxFailure {
  const why = detail === undefined ? '' : ` (${detail})`
  if (problem === 'locked')
    return new OutboxFailure(problem, `The outbox ${path} is in use. ${whoHolds(path)}${why}`)
  return new OutboxFailure(problem, `The outbox ${path} failed${why}. ${WHAT_TO_DO[problem]}`)
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error
}
