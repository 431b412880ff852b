import type { DIAGNOSTICS } from '../../src/analysis/diagnostic-catalog.ts'

type Json = Record<string, unknown>

/** What triggers a rule, and the nearest that does not. */
export type IssueCase = readonly [
  rule: keyof typeof DIAGNOSTICS,
  path: string,
  bad: Json,
  good: Json,
]

export const custom = (customData: Json, changes: Json = {}): Json => ({
  custom_data: { content_ids: ['a'], currency: 'EUR', ...customData },
  ...changes,
})
const bought = (customData: Json) => custom(customData, { event_name: 'Purchase' })

/** Money, products and names. */
export const VALUE_CASES: readonly IssueCase[] = [
  [
    'purchase_value_invalid',
    'custom_data.value',
    bought({ value: '49,90' }),
    bought({ value: '49.90' }),
  ],
  ['purchase_value_invalid', 'custom_data.value', bought({ value: '€49' }), bought({ value: 49 })],
  [
    'purchase_value_invalid',
    'custom_data.value',
    bought({ value: -0.01 }),
    custom({ value: -0.01 }),
  ],
  ['purchase_value_zero', 'custom_data.value', bought({ value: 0 }), bought({ value: 0.01 })],
  [
    'currency_invalid',
    'custom_data.currency',
    custom({ value: 1, currency: undefined }),
    custom({ currency: undefined }),
  ],
  [
    'currency_invalid',
    'custom_data.currency',
    custom({ value: 1, currency: '€' }),
    custom({ value: 1, currency: 'EUR' }),
  ],
  [
    'currency_unusual',
    'custom_data.currency',
    custom({ value: 1, currency: 'eur' }),
    custom({ value: 1 }),
  ],
  [
    'currency_unusual',
    'custom_data.currency',
    custom({ currency: 'ZZZ' }),
    custom({ currency: 'CHF' }),
  ],
  // Intl knows the first, which is dead, and lacks the second, which is not.
  [
    'currency_unusual',
    'custom_data.currency',
    custom({ currency: 'HRK' }),
    custom({ currency: 'VED' }),
  ],
  [
    'value_not_sum',
    'custom_data.value',
    custom({ value: 20.02, contents: [{ id: 'a', quantity: 2, item_price: 10 }] }),
    custom({ value: 20.01, contents: [{ id: 'a', quantity: 2, item_price: 10 }] }),
  ],
  [
    'value_not_sum',
    'custom_data.value',
    custom({ value: 20, contents: [{ id: 'a', item_price: 10 }] }),
    custom({ value: 20, contents: [{ id: 'a', item_price: 10 }, { id: 'b' }] }),
  ],
  [
    'value_not_sum',
    'custom_data.value',
    custom({
      value: 2002,
      currency: 'JPY',
      contents: [{ id: 'a', quantity: 2, item_price: 1000 }],
    }),
    custom({
      value: 2001,
      currency: 'JPY',
      contents: [{ id: 'a', quantity: 2, item_price: 1000 }],
    }),
  ],
  [
    'value_not_sum',
    'custom_data.value',
    custom({ value: 2.002, currency: 'KWD', contents: [{ id: 'a', item_price: 2 }] }),
    custom({ value: 2.001, currency: 'KWD', contents: [{ id: 'a', item_price: 2 }] }),
  ],
  [
    'value_not_sum',
    'custom_data.value',
    // Intl gives forints no decimals; ISO gives them two.
    custom({ value: 2.5, currency: 'HUF', contents: [{ id: 'a', item_price: 2 }] }),
    custom({ value: 2.01, currency: 'HUF', contents: [{ id: 'a', item_price: 2 }] }),
  ],
  ...(
    [
      ['Purchas', 'Purchasing'],
      ['Purchased', 'Repurchase'],
      ['AddToCard', 'AddToChat'],
      ['AddToCrat', 'RemoveFromCart'],
      ['addtocart', 'AddToCart'],
      ['add_to_cart', 'add_shipping_info'],
      ['Add to cart', 'AddToCollection'],
      ['page_view', 'view_item'],
      ['PURCHASE', 'Purchase'],
      ['Leads', 'Load'],
      ['Laed', 'Read'],
      ['Contacts', 'Contract'],
      ['Contatc', 'Content'],
      ['Purchaze', 'Purchase2'],
      ['ViewContents', 'ViewContest'],
      ['Serach', 'Research'],
      ['Subscribed', 'Unsubscribe'],
      ['Scheduled', 'Reschedule'],
      ['StartTrail', 'StartTrip'],
      ['InitateCheckout', 'InitiateReturn'],
      ['CustomiseProduct', 'CompareProduct'],
    ] as const
  ).map(
    ([bad, good]) =>
      ['event_name_resembles', 'event_name', { event_name: bad }, { event_name: good }] as const,
  ),
  [
    'event_name_resembles',
    'event_name',
    { event_name: 'Scheduled' },
    custom({ event_source: 'crm' }, { event_name: 'Scheduled' }),
  ],
  [
    'contents_missing',
    'custom_data.content_ids',
    custom({ content_ids: [] }, { event_name: 'AddToCart' }),
    custom({ content_ids: [] }, { event_name: 'Lead' }),
  ],
]
