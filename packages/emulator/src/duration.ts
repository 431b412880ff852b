import { EmulatorError } from './emulator-error.ts'

const UNITS_MS = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
} as const

/** A century: what is further away is a slip, such as milliseconds for seconds. */
const MAX_MS = 100 * 365 * UNITS_MS.d

const NOT_A_SPAN =
  'advance takes milliseconds above 0 or text such as "8d", "+36h" or "1h 30m" (ms, s, m, h, d, w); the clock was left as it is.'

/**
 * Milliseconds of a span of time.
 * @param span milliseconds, or numbers with units: `8d`, `+36h`, `1h 30m`
 * @throws EmulatorError `time_invalid` when it is neither, or not above 0
 */
export function durationMs(span: unknown): number {
  const ms = typeof span === 'string' ? textMs(span.trim()) : span
  if (typeof ms === 'number' && ms > 0 && ms <= MAX_MS) return ms
  throw new EmulatorError('time_invalid', NOT_A_SPAN)
}

function textMs(text: string): number {
  const parts = (text.startsWith('+') ? text.slice(1) : text).split(/ +/)
  return parts.reduce((sum, part) => {
    const [, count, unit] = /^(\d{1,9}(?:\.\d{1,9})?)(ms|s|m|h|d|w)$/.exec(part) ?? []
    return sum + (isUnit(unit) ? Number(count) * UNITS_MS[unit] : Number.NaN)
  }, 0)
}

function isUnit(unit: string | undefined): unit is keyof typeof UNITS_MS {
  return unit !== undefined && Object.hasOwn(UNITS_MS, unit)
}
