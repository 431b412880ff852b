import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import type { Diagnostic, Severity } from '../analysis/report.ts'
import { describeUnread } from '../store/arrivals.ts'
import type { RecordedCall } from '../store/recorded-call.ts'
import type { Arguments, FailOn } from './arguments.ts'
import type { Journal } from './journal.ts'
import { openEmulator } from './open-emulator.ts'
import { warn } from './output.ts'

/** As a shell would give them. */
const NOT_FOUND = 127
const NOT_EXECUTABLE = 126
const KILLED = 128

/** A gate that did not pass, as in the other commands of this project. */
const FOUND_SOMETHING = 3

const FROM: Readonly<Record<FailOn, readonly Severity[]>> = {
  high: ['high'],
  medium: ['high', 'medium'],
  low: ['high', 'medium', 'low'],
  none: [],
}

type ExecArguments = Extract<Arguments, { command: 'exec' }>

/** Runs a command against an emulator of its own. @returns the code to end with */
export async function exec(options: ExecArguments): Promise<number> {
  const { url, journal, end } = await openEmulator(options)
  try {
    const code = await run(options.run, {
      META_PIXEL_ID: '1234567890',
      META_CAPI_ACCESS_TOKEN: 'any-token',
      ...process.env,
      CAPI_BASE_URL: url,
    })
    const found = findings(journal, options)
    warn(summary(journal, found))
    return code === 0 && found.isFailed ? FOUND_SOMETHING : code
  } finally {
    await end()
  }
}

function run(
  [file, ...args]: readonly [string, ...string[]],
  env: NodeJS.ProcessEnv,
): Promise<number> {
  return new Promise((resolve) => {
    // Windows finds npm and its like, which are scripts, through its shell only.
    const child = spawn(file, args, { stdio: 'inherit', env, shell: process.platform === 'win32' })
    const passOn = (signal: NodeJS.Signals) => {
      // A terminal sends Ctrl-C to the command itself; twice would make it give up its cleaning.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
    }
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
    for (const signal of signals) process.on(signal, passOn)
    const end = (code: number) => {
      for (const signal of signals) process.off(signal, passOn)
      resolve(code)
    }
    child.once('error', (error: NodeJS.ErrnoException) => {
      warn(`capi-emulator: cannot run ${file}: ${error.message}`)
      end(error.code === 'ENOENT' ? NOT_FOUND : NOT_EXECUTABLE)
    })
    child.once('close', (code, signal) => {
      end(code ?? KILLED + (signal === null ? 0 : constants.signals[signal]))
    })
  })
}

interface Findings {
  readonly diagnostics: readonly Diagnostic[]
  readonly unread: readonly RecordedCall[]
  /** Nothing arrived, and that was not expected: the command may send elsewhere, or not at all. */
  readonly isEmpty: boolean
  readonly isFailed: boolean
}

function findings(journal: Journal, { failOn, allowEmpty }: ExecArguments): Findings {
  const diagnostics = journal
    .diagnostics()
    .filter(({ severity }) => FROM[failOn].includes(severity))
  const unread = journal.unread()
  const isEmpty = journal.arrived() === 0 && !allowEmpty
  const isFound = diagnostics.length > 0 || (unread.length > 0 && failOn !== 'none')
  return { diagnostics, unread, isEmpty, isFailed: isFound || isEmpty }
}

/** On stderr: stdout belongs to the command. */
function summary(journal: Journal, { diagnostics, unread, isEmpty }: Findings): string {
  const unjudged = journal.unjudged()
  return [
    `capi-emulator: ${[
      counted(journal.arrived(), 'event'),
      counted(diagnostics.length, 'finding'),
      ...(unread.length > 0 ? [counted(unread.length, 'refused call')] : []),
    ].join(', ')}`,
    ...(unjudged > 0 ? [`  ${counted(unjudged, 'event')} went unjudged: raise --max.`] : []),
    ...diagnostics.map(describe),
    ...(unread.length > 0 ? [describeUnread(unread)] : []),
    ...(isEmpty ? [NO_EVENT] : []),
  ].join('\n')
}

const NO_EVENT = `No event arrived. Send to CAPI_BASE_URL, and flush or close the client before the command ends; a command that
sends none on purpose needs --allow-empty.`

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}

function describe(one: Diagnostic): string {
  const paths = one.paths.length > 0 ? ` in ${one.paths.join(', ')}` : ''
  return `  ${one.severity}  ${one.rule}: ${one.name}
        ${one.affected_event_count} of ${one.total_event_count} events${paths}
        ${one.description}
        ${one.solution}`
}
