import { isFields } from '../../rules/rule.ts'
import { amountOf } from '../amount.ts'
import { minorUnitsOf } from '../currencies.ts'
import { type EventRule, type EventView, pathIf } from '../event-rule.ts'

const VALUE = 'custom_data.value'
const CURRENCY = 'custom_data.currency'

/** Events that name products. Source: Meta Pixel > Standard events, read 2026-09. */
const PRODUCT_EVENTS: ReadonlySet<unknown> = new Set(['ViewContent', 'AddToCart', 'Purchase'])

const isPurchase = ({ payload }: EventView) => payload['event_name'] === 'Purchase'

const isGiven = (value: unknown) => value !== undefined && value !== null && value !== ''

/** Money and products. Source: Meta, Custom Data Parameters, and public reports, read 2026-09. */
export const PRICE_RULES: readonly EventRule[] = [
  {
    rule: 'purchase_value_invalid',
    title: 'Purchase without a usable value',
    fix: 'Send custom_data.value as a number such as 49.9: no comma, no symbol, not below zero.',
    check: (event) => {
      const amount = amountOf(event.customData['value'])
      return pathIf(isPurchase(event) && (amount === undefined || amount < 0), VALUE)
    },
  },
  {
    rule: 'purchase_value_zero',
    title: 'Purchase of no value',
    fix: 'Send what was paid; leave it if the order really was free.',
    check: (event) => pathIf(isPurchase(event) && amountOf(event.customData['value']) === 0, VALUE),
  },
  {
    rule: 'currency_invalid',
    title: 'Value without a currency',
    fix: 'Set custom_data.currency to a three-letter code such as EUR.',
    check: ({ customData }) =>
      pathIf(isGiven(customData['value']) && !isGiven(customData['currency']), CURRENCY),
  },
  {
    rule: 'currency_invalid',
    title: 'Currency is not a three-letter code',
    fix: 'Send the ISO 4217 code, not a symbol or a name.',
    check: ({ customData: { currency } }) =>
      pathIf(
        isGiven(currency) && !(typeof currency === 'string' && /^[a-z]{3}$/i.test(currency)),
        CURRENCY,
      ),
  },
  {
    rule: 'currency_unusual',
    title: 'Currency in lower case',
    fix: 'Send the code in capital letters. Meta takes both.',
    check: ({ customData: { currency } }) =>
      pathIf(isThreeLetters(currency) && currency !== currency.toUpperCase(), CURRENCY),
  },
  {
    rule: 'currency_unusual',
    title: 'Currency not known here',
    fix: 'Check the code: it is none that ISO 4217 has in use. Meta may still know it.',
    check: ({ customData: { currency } }) =>
      pathIf(
        isThreeLetters(currency) && minorUnitsOf(currency.toUpperCase()) === undefined,
        CURRENCY,
      ),
  },
  {
    rule: 'value_not_sum',
    title: 'Value is not the sum of its contents',
    fix: 'Check quantity and item_price; shipping, taxes and discounts may explain it.',
    check: ({ customData }) => {
      const amount = amountOf(customData['value'])
      const sum = sumOf(customData['contents'])
      const { currency } = customData
      const digits = isThreeLetters(currency) ? minorUnitsOf(currency.toUpperCase()) : undefined
      // A difference of one minor unit is accepted: prices may have been rounded.
      const coins = Math.round(Math.abs((amount ?? 0) - (sum ?? 0)) * 10 ** (digits ?? 2))
      return pathIf(amount !== undefined && sum !== undefined && coins > 1, VALUE)
    },
  },
  {
    rule: 'contents_missing',
    title: 'No products named',
    fix: 'Set custom_data.content_ids or contents to the ids of the catalogue.',
    check: ({ payload, customData: { content_ids, contents } }) =>
      pathIf(
        PRODUCT_EVENTS.has(payload['event_name']) && !isFilled(content_ids) && !isFilled(contents),
        'custom_data.content_ids',
      ),
  },
]

function isThreeLetters(value: unknown): value is string {
  return typeof value === 'string' && /^[a-z]{3}$/i.test(value)
}

/** The pixel sends a single id as text. */
function isFilled(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : typeof value === 'string' && value !== ''
}

/** Nothing when a line lacks its price: the sum would be of no use. */
function sumOf(contents: unknown): number | undefined {
  if (!Array.isArray(contents) || contents.length === 0) return undefined
  let sum = 0
  for (const line of contents) {
    if (!isFields(line)) return undefined
    const price = amountOf(line['item_price'])
    const quantity = amountOf(line['quantity'] ?? 1)
    if (price === undefined || quantity === undefined) return undefined
    sum += price * quantity
  }
  return sum
}
