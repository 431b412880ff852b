import { issue } from '../issue.ts'
import { removeBlanks } from '../normalize/clean.ts'
import { type Check, drop, pathOf } from './checks.ts'
import { CURRENCY_CODES, CURRENCY_OF_SPELLING } from './currency-table.ts'

const MAX_LENGTH = 32

/**
 * The ISO 4217 code, upper-cased. Spellings that mean one currency are corrected with a warning;
 * `$`, `kr` and `¥` mean several and are dropped, which costs a Purchase the event. Codes that are
 * not in the list are sent with a warning: currencies come and go.
 * Source: Meta, Standard Parameters, read 2026-09.
 */
export const currency: Check = (value, parent, key, issues) => {
  if (typeof value !== 'string' || value.length > MAX_LENGTH)
    return drop('currency_invalid', parent, key, issues)
  if (CURRENCY_CODES.has(value)) return value
  const written = removeBlanks(value.normalize('NFKC')).toUpperCase().replaceAll('.', '')
  if (CURRENCY_CODES.has(written)) return written
  const meant = CURRENCY_OF_SPELLING.get(written)
  if (meant !== undefined) {
    issues.push(issue('currency_corrected', pathOf(parent, key)))
    return meant
  }
  if (!/^[A-Z]{3}$/.test(written)) return drop('currency_invalid', parent, key, issues)
  issues.push(issue('currency_unknown', pathOf(parent, key)))
  return written
}
