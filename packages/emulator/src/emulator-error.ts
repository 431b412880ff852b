const BRAND = Symbol.for('@capi/emulator.error')

/** Where the documentation stands. The site has no address yet: until then a page is named by its path. Same as core's. */
const SITE = ''

/**
 * What went wrong. `option_invalid`, `argument_invalid`: an option or an argument cannot be used. `fault_invalid`,
 * `time_invalid`: a rule of `fail` or a time of `setNow` cannot. `not_an_emulator`: a matcher got something else, or something else answers
 * `connectEmulator`. `emulator_unreachable`: none answers it.
 * `event_not_received`: no event matched before the wait ended. `port_in_use`, `listen_failed`: it cannot be served there.
 * `file_failed`: a file cannot be read or written. A code keeps its meaning; a minor version may add one.
 */
export type EmulatorErrorCode = (typeof EMULATOR_ERROR_CODES)[number]
export const EMULATOR_ERROR_CODES = [
  'argument_invalid',
  'emulator_unreachable',
  'event_not_received',
  'fault_invalid',
  'file_failed',
  'listen_failed',
  'not_an_emulator',
  'option_invalid',
  'port_in_use',
  'time_invalid',
] as const

/**
 * Every error that the emulator throws, but for what its `fetch` rejects with: that is what `fetch` itself would. Branch on
 * `code`, and recognise one with `EmulatorError.is(error)`, which also knows those of the package's CommonJS copy.
 */
export class EmulatorError extends Error {
  /** What went wrong, for example `port_in_use`; branch on it, with a `default` branch. */
  readonly code: EmulatorErrorCode
  /** The page that explains the code. A path on the documentation site, until the site has an address. */
  readonly docsUrl: string

  constructor(code: EmulatorErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'EmulatorError'
    this.code = code
    this.docsUrl = `${SITE}/troubleshooting/errors/#${code}`
    Object.defineProperty(this, BRAND, { value: true })
  }

  /** Whether the emulator threw it. */
  static is(error: unknown): error is EmulatorError {
    return typeof error === 'object' && error !== null && BRAND in error
  }
}
