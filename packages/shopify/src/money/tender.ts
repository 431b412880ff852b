import { record, text } from '../read/read.ts'
import type { Decimal, MoneySet } from '../read/shopify-payloads.ts'
import { type Amount, parseAmount } from './amount.ts'

/** Which of an order's two currencies is read. */
export interface Tender {
  readonly side: 'shop_money' | 'presentment_money'
  readonly currency: string
  /** Whether amounts outside of money sets are in this currency: they are always the shop's. */
  readonly isScalar: boolean
}

/** A code of three letters. `XXX` stands for none. */
export function currencyOf(code: unknown): string | undefined {
  const written = text(code)?.toUpperCase()
  return written !== undefined && /^[A-Z]{3}$/.test(written) && written !== 'XXX'
    ? written
    : undefined
}

/** An amount in the chosen money; never one of another currency. */
export function amountOf(
  set: MoneySet | null | undefined,
  scalar: Decimal | undefined,
  { side, currency, isScalar }: Tender,
): Amount | undefined {
  const money = record(record(set)[side])
  const isSame = (currencyOf(money.currency_code) ?? currency) === currency
  return (
    (isSame ? parseAmount(money.amount) : undefined) ?? (isScalar ? parseAmount(scalar) : undefined)
  )
}
