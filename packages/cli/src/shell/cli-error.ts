import type { Exit } from './exit-codes.ts'

/**
 * Why a command ended early. `usage_invalid`: the command line cannot be used. `file_failed`: a file cannot be read or
 * written. `input_invalid`: what a file or standard input holds cannot be used. `setting_missing`: a variable or option is
 * needed. `package_missing`: an optional package is not installed. `unreachable`: what was asked does not answer.
 */
export type CliErrorCode =
  | 'file_failed'
  | 'input_invalid'
  | 'package_missing'
  | 'setting_missing'
  | 'unreachable'
  | 'usage_invalid'

const EXIT_OF: Readonly<Record<CliErrorCode, Exit>> = {
  file_failed: 'usage',
  input_invalid: 'usage',
  package_missing: 'access',
  setting_missing: 'access',
  unreachable: 'remote',
  usage_invalid: 'usage',
}

/** Every error that a command throws on purpose. Holds no token and no personal data. */
export class CliError extends Error {
  readonly code: CliErrorCode
  /** What the process ends with. */
  readonly exit: Exit
  /** The page that explains the code, on the documentation site. */
  readonly docsUrl: string

  /** @param message what happened, what it means, what to do */
  constructor(code: CliErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'CliError'
    this.code = code
    this.exit = EXIT_OF[code]
    this.docsUrl = `/troubleshooting/errors/#${code}`
  }
}
