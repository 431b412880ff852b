import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import type { Diagnostic, Severity } from '../analysis/report.ts'
import type { Arguments, FailOn } from './arguments.ts'
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

/** Runs a command against an emulator of its own. @returns the code to end with */
export async function exec(options: Extract<Arguments, { command: 'exec' }>): Promise<number> {
  const { emulator, url, end } = await openEmulator(options)
  try {
    const code = await run(options.run, {
      META_PIXEL_ID: '1234567890',
      META_CAPI_ACCESS_TOKEN: 'any-token',
      ...process.env,
      CAPI_BASE_URL: url,
    })
    const found = emulator
      .diagnostics()
      .filter(({ severity }) => FROM[options.failOn].includes(severity))
    warn(summary(emulator.events().length, found))
    return code === 0 && found.length > 0 ? FOUND_SOMETHING : code
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

/** On stderr: stdout belongs to the command. */
function summary(events: number, found: readonly Diagnostic[]): string {
  const head = `capi-emulator: ${events} ${events === 1 ? 'event' : 'events'}, ${found.length} ${found.length === 1 ? 'finding' : 'findings'}`
  return [head, ...found.map(describe)].join('\n')
}

function describe(one: Diagnostic): string {
  const paths = one.paths.length > 0 ? ` in ${one.paths.join(', ')}` : ''
  return `  ${one.severity}  ${one.rule}: ${one.name}
        ${one.affected_event_count} of ${one.total_event_count} events${paths}
        ${one.description}
        ${one.solution}`
}
