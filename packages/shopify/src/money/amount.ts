import { minorUnits } from '@capi/core/adapter'

/** An amount of money in millionths of the major unit: adding and subtracting never drifts. */
export type Amount = bigint

const SCALE_DIGITS = 6
const DECIMAL = /^(-?)(\d{1,15})(?:\.(\d+))?$/

/** Reads `'199.00'`, or a number as `refund_line_items[].subtotal` has it. */
export function parseAmount(value: unknown): Amount | undefined {
  const written = typeof value === 'number' ? String(value) : value
  const parts = typeof written === 'string' ? DECIMAL.exec(written.trim()) : null
  if (parts === null) return undefined
  const [, sign = '', whole = '', fraction = ''] = parts
  const scaled = BigInt(whole + fraction.slice(0, SCALE_DIGITS).padEnd(SCALE_DIGITS, '0'))
  return sign === '-' ? -scaled : scaled
}

/** The number nearest to it, which JSON writes with the digits it had. */
export function toNumber(amount: Amount): number {
  const digits = String(amount < 0n ? -amount : amount).padStart(SCALE_DIGITS + 1, '0')
  const written = `${digits.slice(0, -SCALE_DIGITS)}.${digits.slice(-SCALE_DIGITS)}`
  return Number(amount < 0n ? `-${written}` : written)
}

/** The minor unit of a currency, or less where the amount itself is finer. */
export function smallestStep(currency: string, amount: Amount): Amount {
  let step = 10n ** BigInt(SCALE_DIGITS - minorUnits(currency))
  while (amount % step !== 0n) step /= 10n
  return step
}
