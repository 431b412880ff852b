import { type Check, drop, pathOf } from '../field/checks.ts'
import { removeBlanks } from '../field/clean.ts'
import { isNothing } from '../field/nothing.ts'
import { issue } from '../issue/issue.ts'
import type { IssueCode } from '../issue/issue-catalog.ts'
import { currencies, currencyOfSpelling, SHARED_SIGNS } from './currency-table.ts'

const MAX_LENGTH = 32

/**
 * The ISO 4217 code, upper-cased. Spellings that mean one currency are corrected with a warning;
 * `$`, `kr` and `¥` mean several and are dropped, which costs a Purchase the event. Codes that are
 * not in the list are sent with a warning: currencies come and go.
 * Source: Meta, Standard Parameters, read 2026-09.
 */
export const currency: Check = (value, parent, key, issues) => {
  if (typeof value !== 'string') return drop('currency_invalid', parent, key, issues)
  if (currencies().has(value)) return value
  if (isNothing(value.trim())) return drop('hash_of_nothing', parent, key, issues)
  const { code, warning } = readCurrency(value) ?? {}
  if (code === undefined) return drop('currency_invalid', parent, key, issues)
  if (warning !== undefined) issues.push(issue(warning, pathOf(parent, key)))
  return code
}

/** The code of a written currency, and the warning for it; undefined for what names none or several. */
export function readCurrency(
  text: string,
): { readonly code: string; readonly warning?: IssueCode } | undefined {
  if (text.length > MAX_LENGTH) return undefined
  const written = spelling(text)
  if (currencies().has(written)) return { code: written }
  const code = currencyOfSpelling().get(written)
  if (code !== undefined) return { code, warning: 'currency_corrected' }
  return /^[A-Z]{3}$/.test(written) ? { code: written, warning: 'currency_unknown' } : undefined
}

/** Whether what stands beside an amount may mean this currency; undefined for what means none. */
export function mayMean(text: string, code: string): boolean | undefined {
  const shared = SHARED_SIGNS[spelling(text)]
  if (shared !== undefined) return shared.test(code)
  const read = readCurrency(text)
  return read === undefined || read.warning === 'currency_unknown' ? undefined : read.code === code
}

function spelling(text: string): string {
  return removeBlanks(text.normalize('NFKC')).toUpperCase().replaceAll('.', '')
}
