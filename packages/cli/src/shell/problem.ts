import { CommanderError } from 'commander'
import { CliError } from './cli-error.ts'
import { EXIT_CODES, type Exit } from './exit-codes.ts'

/** An error in the one shape that a command prints, on stderr: as a line, or with `--json` as `{ "error": … }`. */
export interface Problem {
  readonly code: string
  readonly message: string
  readonly docsUrl?: string
  readonly exitCode: number
}

/** What errors of core and of the emulator end with; `api_error` stands in `exitOfAnswer`. */
const EXITS: Readonly<Record<string, Exit>> = {
  access_token_missing: 'access',
  config_invalid: 'access',
  disabled: 'access',
  validation_failed: 'gate',
  network_error: 'remote',
  timeout: 'remote',
  store_failed: 'remote',
  port_in_use: 'remote',
  listen_failed: 'remote',
  file_failed: 'usage',
  argument_invalid: 'usage',
  option_invalid: 'usage',
}

/** Codes of Meta for a token, a permission or a dataset. Source: Meta, Error Handling, read 2026-09. */
const ACCESS_CODES: ReadonlySet<number> = new Set([3, 10, 102, 190, 200, 2_044_055])

/** What core's errors have; read by shape, as core is not loaded for commands that do without it. */
interface OurError extends Error {
  readonly code: string
  readonly docsUrl: string
  readonly retryable?: boolean
  readonly metaCode?: number
  readonly metaSubcode?: number
}

function isOurs(error: unknown): error is OurError {
  return error instanceof Error && 'code' in error && 'docsUrl' in error
}

function exitOfAnswer({ retryable, metaCode = 0, metaSubcode }: OurError): Exit {
  if (retryable === true) return 'remote'
  const isAccess = ACCESS_CODES.has(metaCode) || (metaCode === 100 && metaSubcode === 33)
  return isAccess ? 'access' : 'gate'
}

function exitOf(error: OurError): Exit {
  if (error.code === 'api_error') return exitOfAnswer(error)
  return EXITS[error.code] ?? 'unexpected'
}

/** Any thrown value as a problem. @returns undefined for what is none, such as `--help`. */
export function problemOf(error: unknown): Problem | undefined {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return undefined
    const message = error.message.replace(/^error: /, '')
    return { code: 'usage_invalid', message, exitCode: EXIT_CODES.usage.code }
  }
  if (error instanceof CliError) {
    const { code, message, docsUrl, exit } = error
    return { code, message, docsUrl, exitCode: EXIT_CODES[exit].code }
  }
  if (isOurs(error)) {
    const { code, message, docsUrl } = error
    return { code, message, docsUrl, exitCode: EXIT_CODES[exitOf(error)].code }
  }
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return { code: 'unexpected', message, exitCode: EXIT_CODES.unexpected.code }
}

/** For a person: what happened, what to do, the code last. */
export function problemLine({ code, message, docsUrl }: Problem): string {
  const more = docsUrl === undefined ? '' : `\n  ${docsUrl}`
  return `capi: ${message} (${code})${more}`
}
