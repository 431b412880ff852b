import type { CapturedEvent } from '../store/captured-event.ts'
import { amountOf } from './amount.ts'
import { minorUnitsOf } from './currencies.ts'
import { fieldsOf, listOf } from './event-rule.ts'

/** What the halves of a pair say differently, of that which Meta reports as revenue and products. */
export type MoneyKey = 'value' | 'currency' | 'content_ids' | 'order_id'

const IS_SAME: Readonly<
  Record<MoneyKey, (one: unknown, other: unknown, currency: string) => boolean>
> = {
  value: isSameAmount,
  currency: (one, other) => textOf(one).toUpperCase() === textOf(other).toUpperCase(),
  // The order of products means nothing, and the pixel's query has only texts.
  content_ids: (one, other) => idsOf(one) === idsOf(other),
  order_id: (one, other) => textOf(one) === textOf(other),
}

const KEYS = Object.keys(IS_SAME) as readonly MoneyKey[]
const REVENUE: readonly MoneyKey[] = ['value', 'currency']

/**
 * Where the two halves do not agree: a key that both carry with different values, or the value or currency of a Purchase
 * that only the half carries which does not count.
 */
export function moneyDifferences(kept: CapturedEvent, other: CapturedEvent): readonly MoneyKey[] {
  const [counts, lost] = [kept, other].map(({ payload }) => fieldsOf(payload['custom_data']))
  if (counts === undefined || lost === undefined) return []
  const currency = textOf(counts['currency'])
  return KEYS.filter((key) => {
    if (isAbsent(lost[key])) return false
    if (isAbsent(counts[key])) return kept.event_name === 'Purchase' && REVENUE.includes(key)
    return !IS_SAME[key](counts[key], lost[key], currency)
  })
}

/** For example "99 USD". What is neither an amount nor a currency is not repeated. */
export function moneyOf({ payload }: CapturedEvent): string {
  const data = fieldsOf(payload['custom_data'])
  const amount = amountOf(data['value'])
  const currency = textOf(data['currency'])
  if (isAbsent(data['value'])) return 'no value'
  const shown = /^[a-z]{3}$/i.test(currency) ? currency.toUpperCase() : 'no currency'
  return `${amount ?? '…'} ${shown}`
}

/** Half of the smallest coin is the noise of arithmetic. */
function isSameAmount(one: unknown, other: unknown, currency: string): boolean {
  const [first, second] = [amountOf(one), amountOf(other)]
  if (first === undefined || second === undefined) return textOf(one) === textOf(other)
  return Math.abs(first - second) < 0.5 * 10 ** -(minorUnitsOf(currency.toUpperCase()) ?? 2)
}

function idsOf(value: unknown): string {
  return JSON.stringify(listOf(value).map(textOf).sort())
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.trim() : (JSON.stringify(value) ?? '')
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === ''
}
