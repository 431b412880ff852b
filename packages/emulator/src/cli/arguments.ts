import { parseArgs } from 'node:util'
import type { Severity } from '../analysis/report.ts'
import { EmulatorError } from '../emulator-error.ts'
import { MODES, type Mode } from '../rules/judge.ts'

export type FailOn = Severity | 'none'

const FAIL_ON: readonly FailOn[] = ['high', 'medium', 'low', 'none']

/** What both commands take. */
export interface CommonArguments {
  readonly port: number
  readonly host: string
  readonly max: number
  readonly mode: Mode
  readonly persist?: string
  readonly import?: string
  readonly exportOnExit?: string
}

export type Arguments =
  | { readonly command: 'help' }
  | { readonly command: 'version' }
  | ({ readonly command: 'serve' } & CommonArguments)
  | ({
      readonly command: 'exec'
      readonly failOn: FailOn
      readonly allowEmpty: boolean
      readonly run: readonly [string, ...string[]]
    } & CommonArguments)

export const USAGE = `Usage: capi-emulator [options]
       capi-emulator exec [options] [--fail-on <severity>] -- <command> [arguments]

Meta's Conversions API on your machine: judges events as Meta does and shows them.
exec runs a command against an emulator of its own, then reports what it found.

Options:
  --port <number>          port to listen on; 0 takes any free one (default 2274; exec 0)
  --host <name>            address to listen on (default 127.0.0.1)
  --max <number>           how many of the newest events to keep (default 500; exec 10000)
  --mode <mode>            meta, strict or lenient (default meta)
  --persist <file>         append each event to this file
  --import <file>          begin with the events of this file
  --export-on-exit <file>  write the kept events to this file at the end
  --fail-on <severity>     exec: fail from this severity up: high, medium, low or none (default high)
  --allow-empty            exec: do not fail when no event arrives
  --help                   show this text
  --version                show the version

exec sets CAPI_BASE_URL, and META_PIXEL_ID and META_CAPI_ACCESS_TOKEN unless they are set. It ends with the
code of the command, or with 3 if that succeeded and there are findings, refused calls or no events.`

const OPTIONS = {
  port: { type: 'string' },
  host: { type: 'string', default: '127.0.0.1' },
  max: { type: 'string' },
  mode: { type: 'string', default: 'meta' },
  persist: { type: 'string' },
  import: { type: 'string' },
  'export-on-exit': { type: 'string' },
  'fail-on': { type: 'string' },
  'allow-empty': { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
  version: { type: 'boolean', default: false },
} as const

/** @throws an Error when the arguments make no sense: `argument_invalid`, or parseArgs's own. Its message says why. */
export function readArguments(args: readonly string[]): Arguments {
  const isExec = args[0] === 'exec'
  const end = args.indexOf('--')
  const own = isExec ? args.slice(1, end === -1 ? undefined : end) : args
  const { values } = parseArgs({ args: [...own], options: OPTIONS, allowPositionals: false })
  if (values.help) return { command: 'help' }
  if (values.version) return { command: 'version' }

  const common: CommonArguments = {
    port: numberOf('--port', values.port ?? (isExec ? '0' : '2274'), 0, 65_535),
    host: values.host,
    // A whole test run must fit, for its findings to be complete.
    max: numberOf('--max', values.max ?? (isExec ? '10000' : '500'), 1, 10_000_000),
    mode: oneOf('--mode', values.mode, MODES),
    ...(values.persist !== undefined && { persist: values.persist }),
    ...(values.import !== undefined && { import: values.import }),
    ...(values['export-on-exit'] !== undefined && { exportOnExit: values['export-on-exit'] }),
  }
  if (!isExec) {
    if (values['fail-on'] !== undefined) throw misused('--fail-on goes with exec.')
    if (values['allow-empty']) throw misused('--allow-empty goes with exec.')
    return { command: 'serve', ...common }
  }
  const [file, ...rest] = end === -1 ? [] : args.slice(end + 1)
  if (file === undefined) throw misused('Put the command after --: exec -- npm test')
  const failOn = oneOf('--fail-on', values['fail-on'] ?? 'high', FAIL_ON)
  const allowEmpty = values['allow-empty']
  return { command: 'exec', failOn, allowEmpty, run: [file, ...rest], ...common }
}

function numberOf(option: string, text: string, least: number, most: number): number {
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (number >= least && number <= most) return number
  throw misused(`${option} takes a number from ${least} to ${most}.`)
}

function oneOf<T extends string>(option: string, text: string, known: readonly T[]): T {
  const found = known.find((one) => one === text)
  if (found !== undefined) return found
  throw misused(`${option} takes one of ${known.join(', ')}.`)
}

function misused(message: string): EmulatorError {
  return new EmulatorError('argument_invalid', message)
}
