import { type Issue, issue } from '../issue.ts'
import { drop } from './checks.ts'
import { CURRENCY_CODES, CURRENCY_OF_SPELLING } from './currency-table.ts'

const MAX_LENGTH = 32

/**
 * The ISO 4217 code, upper-cased. Spellings that mean one currency are corrected with a warning;
 * `$`, `kr` and `¥` mean several and are dropped, which costs a Purchase the event. Codes that are
 * not in the list are sent with a warning: currencies come and go.
 * Source: Meta, Standard Parameters, read 2026-09.
 */
export function currency(value: unknown, path: string, issues: Issue[]): string | undefined {
  if (typeof value !== 'string' || value.length > MAX_LENGTH)
    return drop('currency_invalid', path, issues)
  if (CURRENCY_CODES.has(value)) return value
  const written = value.toUpperCase().replace(/[\s.]/g, '')
  if (CURRENCY_CODES.has(written)) return written
  const meant = CURRENCY_OF_SPELLING.get(written)
  if (meant !== undefined) {
    issues.push(issue('currency_corrected', path))
    return meant
  }
  if (!/^[A-Z]{3}$/.test(written)) return drop('currency_invalid', path, issues)
  issues.push(issue('currency_unknown', path))
  return written
}
