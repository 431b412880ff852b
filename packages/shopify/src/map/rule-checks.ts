import { isRecord } from '../read/read.ts'
import type { MappingRules } from './mapping-options.ts'
import { VALUE_PARTS, type ValueParts } from './value-parts.ts'

type WordOption =
  | 'purchaseOn'
  | 'pending'
  | 'test'
  | 'contentId'
  | 'value'
  | 'money'
  | 'eventId'
  | 'renewals'
  | 'bundles'
  | 'upsells'

/** The words of each option that has some; for a form of settings, or to check one. */
export const OPTION_WORDS: Readonly<Record<WordOption, readonly string[]>> = {
  purchaseOn: ['orders/create', 'orders/paid'],
  pending: ['when-paid', 'skip', 'purchase'],
  test: ['skip', 'send'],
  contentId: ['variant', 'product', 'sku'],
  value: ['total', 'subtotal', 'current_total'],
  money: ['shop', 'presentment'],
  eventId: ['order', 'checkout-token'],
  renewals: ['skip', 'custom', 'purchase'],
  bundles: ['components', 'parent'],
  upsells: ['custom', 'purchase'],
}

/** What an option may be beside its words. */
interface OtherForm {
  readonly holds: (value: unknown) => boolean
  readonly expected: string
}

const FUNCTION: OtherForm = {
  holds: (value) => typeof value === 'function',
  expected: 'a function',
}
const FEED: OtherForm = {
  holds: (value) => typeof value === 'string' && /^shopify_[A-Z]{2}$/.test(value),
  expected: "'shopify_' with the country's code, as 'shopify_US'",
}

const isContentIdWord = (value: unknown) =>
  OPTION_WORDS.contentId.includes(value as string) || FEED.holds(value)
const MARKETS: OtherForm = {
  holds: (value) =>
    isRecord(value) &&
    'others' in value &&
    // All markets of one kind: `content_type` is one for the event.
    new Set(Object.values(value).map((word) => word === 'product')).size === 1 &&
    Object.entries(value).every(
      ([country, word]) => /^([A-Z]{2}|others)$/.test(country) && isContentIdWord(word),
    ),
  expected:
    "an object by country, as { DE: 'shopify_DE', others: 'shopify_US' }, whose words name variants or products throughout",
}
const PARTS: OtherForm = {
  holds: (value) =>
    isRecord(value) &&
    Object.entries(value).every(
      ([part, isIn]) =>
        VALUE_PARTS.includes(part as keyof ValueParts) && [true, false, undefined].includes(isIn),
    ),
  expected: `an object of ${VALUE_PARTS.join(', ')}, each true or false`,
}

const OTHER_FORMS: { readonly [Rule in keyof MappingRules]-?: readonly OtherForm[] } = {
  purchaseOn: [],
  pending: [],
  test: [],
  contentId: [FEED, MARKETS, FUNCTION],
  value: [PARTS, FUNCTION],
  money: [],
  eventId: [FUNCTION],
  renewals: [],
  bundles: [],
  upsells: [],
  when: [FUNCTION],
  customData: [FUNCTION],
  actionSource: [FUNCTION],
  consent: [FUNCTION],
}

/** The first option that cannot be what it is, and what it must be. */
export function wrongRule(
  rules: MappingRules,
): { readonly option: string; readonly rule: string } | undefined {
  for (const [option, forms] of Object.entries(OTHER_FORMS)) {
    const value: unknown = rules[option as keyof MappingRules]
    const words: readonly string[] = Object.hasOwn(OPTION_WORDS, option)
      ? OPTION_WORDS[option as WordOption]
      : []
    if (
      value === undefined ||
      words.includes(value as string) ||
      forms.some(({ holds }) => holds(value))
    )
      continue
    const expected = [
      ...words.map((word) => `'${word}'`),
      ...forms.map((form) => form.expected),
    ].join(', ')
    return { option, rule: `must be one of: ${expected}${writtenAs(value)}` }
  }
  return undefined
}

/** A short word is shown: it comes from code or from a shop's settings, not from a person. */
function writtenAs(value: unknown): string {
  return typeof value === 'string' && value.length <= 30 ? `; it is '${value}'` : ''
}
