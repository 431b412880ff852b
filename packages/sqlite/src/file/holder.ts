import { readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'

/** Who has the file: SQLite says only that somebody does, and shows nothing of a file that is locked. */
interface Holder {
  readonly pid: number
  /** Tells process 1 of a container from process 1 of another. Empty where the system has no such spaces. */
  readonly pidSpace: string
}

/** Stands beside the database, because a process that is refused cannot read the database. A left-over note does no harm. */
const fileOf = (path: string) => `${path}-pid`

/** Notes that this process has the file. Never throws: without the note, refusals say less. */
export function noteHolder(path: string): void {
  const me: Holder = { pid: process.pid, pidSpace: pidSpace() }
  try {
    writeFileSync(fileOf(path), JSON.stringify(me), { mode: 0o600 })
  } catch {
    // A full disk, for example.
  }
}

export function forgetHolder(path: string): void {
  try {
    rmSync(fileOf(path), { force: true })
  } catch {
    // As above.
  }
}

/** In words, for the caller that is refused because the file is locked. */
export function whoHolds(path: string): string {
  const holder = readHolder(path)
  if (holder === undefined || holder.pidSpace !== pidSpace()) return OTHER('Another process')
  return holder.pid === process.pid ? SAME(process.pid) : OTHER(`Process ${holder.pid}`)
}

const OTHER = (who: string) =>
  `${who} has it. Events of this one cannot be kept until it ends: stop it, or set perProcess: true, with which each process has a file of its own.`

const SAME = (pid: number) =>
  `This process (${pid}) has it already: another client was made for the same path, as a hot reload or a second bundle does. ` +
  'Events of this client cannot be kept until the other one is closed. Make the client once and share it: ' +
  'globalThis.capi ??= createCapi({ outbox: sqliteOutbox({ path }) })'

function readHolder(path: string): Holder | undefined {
  try {
    const read: unknown = JSON.parse(readFileSync(fileOf(path), 'utf8'))
    const { pid, pidSpace } = read as Partial<Holder>
    return typeof pid === 'number' && typeof pidSpace === 'string' ? { pid, pidSpace } : undefined
  } catch {
    return undefined // None, or half of one.
  }
}

/** Source: Linux manual, pid_namespaces(7), read 2026-11. */
function pidSpace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid')
  } catch {
    return ''
  }
}
