import { toText } from './clean.ts'

const YES = /^(?:1|t|true|y|yes|on)$/i
const NO = /^(?:0|f|false|n|no|off)$/i

/**
 * What forms, tag managers and databases write for yes and no: booleans, 1 and 0, `'true'`, `'yes'`, `'on'`.
 * Undefined: it is neither.
 */
export function yesNo(value: unknown): boolean | undefined {
  const word = typeof value === 'boolean' ? String(value) : (toText(value) ?? '')
  return YES.test(word) || (NO.test(word) ? false : undefined)
}
