import { type Check, drop, isFields, pathOf } from '../field/checks.ts'
import { trimmed } from '../field/clean.ts'
import { isNothing } from '../field/nothing.ts'
import { issue } from '../issue/issue.ts'
import { mayMean, readCurrency } from './currency.ts'
import { minorUnits } from './currency-table.ts'
import { PLAIN, readAmount } from './written-amount.ts'

const TWO_READINGS =
  "Pass a number: '1,299' and '1.299' are 1299 to one half of the world and 1.299 to the other."

/** A number, its text, as shops write it too, or the decimal object of a database. */
export const amount: Check = (value, parent, key, issues, currency) => {
  if (typeof value === 'number' && Number.isFinite(value)) return value
  if (typeof value === 'bigint') return Number(value)
  const written = typeof value === 'string' || isDecimal(value) ? trimmed(String(value)) : ''
  // No person wrote a decimal object's text.
  if (typeof value === 'object' && PLAIN.test(written)) return Number(written)
  if (written !== '' && isNothing(written)) return drop('hash_of_nothing', parent, key, issues)
  const code = typeof currency === 'string' ? readCurrency(currency)?.code : undefined
  const read = readAmount(written, minorUnits(code ?? ''))
  if (read === 'ambiguous') {
    issues.push(issue('amount_invalid', pathOf(parent, key), TWO_READINGS))
    return undefined
  }
  const beside = read?.currencies.map((one) => mayMean(one, code ?? ''))
  if (read === undefined || beside?.includes(undefined))
    return drop('amount_invalid', parent, key, issues)
  if (code !== undefined && beside?.includes(false))
    issues.push(issue('amount_currency_differs', pathOf(parent, key)))
  return read.value
}

/** Decimal.js, Prisma and their like: an object with a text of its own. */
function isDecimal(value: unknown): boolean {
  return (
    isFields(value) &&
    value.toString !== Object.prototype.toString &&
    typeof value.toString === 'function'
  )
}
