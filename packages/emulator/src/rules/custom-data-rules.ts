import {
  checkContentIds,
  checkContentKeys,
  checkContents,
  checkContentsList,
  checkPurchaseCurrency,
  checkPurchaseValue,
  checkValueCurrency,
} from './check-custom-data.ts'
import { type EventRule, INVALID } from './rule.ts'

/** What custom_data must be. Unknown keys in it are the advertiser's own and pass. */
export const CUSTOM_DATA_RULES: readonly EventRule[] = [
  {
    id: 'contents_not_list',
    ...INVALID,
    subcode: 2804019,
    title: 'Contents not a list',
    fix: 'Send contents as a list such as [{ "id": "sku-1", "quantity": 1 }], not as a JSON string.',
    check: checkContentsList,
  },
  {
    id: 'contents_invalid',
    ...INVALID,
    subcode: 2804008,
    title: 'Contents not a list of objects',
    fix: 'Send each product as an object such as { "id": "sku-1", "quantity": 1 }.',
    check: checkContents,
  },
  {
    id: 'content_id_missing',
    ...INVALID,
    subcode: 2804019,
    title: 'Product without an id',
    fix: 'Set id to the id that the product has in the catalogue.',
    check: checkContentKeys,
  },
  {
    id: 'content_ids_not_list',
    ...INVALID,
    subcode: 2804019,
    title: 'Content ids not a list',
    fix: 'Send content_ids as a list such as ["sku-1"], also for one product.',
    check: checkContentIds,
  },
  {
    id: 'purchase_value_missing',
    ...INVALID,
    subcode: 2804009,
    title: 'Purchase without a value',
    fix: 'Set custom_data.value to the amount as a number; 0 is allowed.',
    check: checkPurchaseValue,
  },
  {
    id: 'purchase_currency_missing',
    ...INVALID,
    subcode: 2804010,
    title: 'Purchase without a currency',
    fix: 'Set custom_data.currency to a three-letter code such as EUR.',
    check: checkPurchaseCurrency,
  },
  {
    // Seen refused in the code of one shop, and required by the documents, read 2026-11.
    id: 'value_currency_missing',
    ...INVALID,
    subcode: 2804023,
    title: 'Value without a currency',
    fix: 'Set custom_data.currency to a three-letter code such as EUR, or leave the value out.',
    check: checkValueCurrency,
  },
]
