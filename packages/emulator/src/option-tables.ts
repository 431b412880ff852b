import type { DiagnosticFilter } from './analysis/diagnostics.ts'
import { SEVERITIES } from './analysis/report.ts'
import { callback, type FieldCheck, oneOf, text, whole, wholeAboveZero } from './field-check.ts'
import type { OptionTable } from './known-options.ts'
import type {
  ConnectOptions,
  DiagnosticsAllowed,
  EmulatorOptions,
  ListenOptions,
  StartOptions,
  WaitOptions,
} from './options.ts'
import { MODES } from './rules/judge.ts'

/** Node takes a port as digits too, as variables of the environment give it. */
const port: FieldCheck = {
  fits: (value) => {
    const number = typeof value === 'string' ? Number(value) : value
    return whole.fits(number) && Number(number) <= 65_535
  },
  expected: 'a port from 0 to 65535',
}
const duration: FieldCheck = {
  fits: (value) => typeof value === 'number' && value >= 0,
  expected: 'a number of milliseconds',
}

export const LISTEN_OPTIONS = { port, host: text } as const satisfies OptionTable<ListenOptions>
export const WAIT_OPTIONS = {
  timeoutMs: duration,
  after: whole,
} as const satisfies OptionTable<WaitOptions>
export const DIAGNOSTICS_OPTIONS = {
  severity: oneOf(SEVERITIES),
  pixel_id: text,
} as const satisfies OptionTable<DiagnosticFilter>
export const MATCHER_OPTIONS = {
  severity: oneOf(SEVERITIES),
} as const satisfies OptionTable<DiagnosticsAllowed>
export const CONNECT_OPTIONS = {
  pixelId: text,
  timeoutMs: duration,
} as const satisfies OptionTable<ConnectOptions>
export const EMULATOR_OPTIONS = {
  now: callback,
  max: wholeAboveZero,
  mode: oneOf(MODES),
  appSecret: text,
  random: callback,
  dedup: { prefer: oneOf(['first', 'browser-within-5m']) },
  persist: text,
} as const satisfies OptionTable<EmulatorOptions>
export const START_OPTIONS = {
  ...EMULATOR_OPTIONS,
  ...LISTEN_OPTIONS,
} as const satisfies OptionTable<StartOptions>
