import { type Check, count, listOf, objectOf, oneOf, text, typedText } from '../field/checks.ts'
import { amount } from './amount.ts'
import { contents, DELIVERY_CATEGORIES } from './contents.ts'
import { currency } from './currency.ts'

export const CUSTOMER_SEGMENTATIONS = [
  'new_customer_to_business',
  'new_customer_to_business_line',
  'new_customer_to_product_area',
  'new_customer_to_medium',
  'existing_customer_to_business',
  'existing_customer_to_business_line',
  'existing_customer_to_product_area',
  'existing_customer_to_medium',
  'customer_in_loyalty_program',
] as const

/** Registration status: the SDKs type it as text, the Pixel reference as true or false. */
const status: Check = (value, parent, key, issues) =>
  typeof value === 'boolean' ? value : text(value, parent, key, issues)

/**
 * The keys of `custom_data` whose type Meta fixes. All others pass: travel, vehicle and home keys,
 * and the caller's own. Source: Meta, Standard Parameters, read 2026-09.
 */
export const CUSTOM_DATA_FIELDS: Readonly<Record<string, Check>> = {
  value: amount,
  currency,
  content_ids: listOf(text),
  contents,
  content_type: text,
  content_name: text,
  content_category: text,
  order_id: text,
  num_items: count,
  search_string: typedText,
  status,
  predicted_ltv: amount,
  net_revenue: amount,
  delivery_category: oneOf(DELIVERY_CATEGORIES),
  item_number: text,
  lead_event_source: text,
  event_source: text,
  store_data: objectOf({ store_page_id: text, brand_page_id: text, store_code: text }),
  product_catalog_id: text,
  customer_segmentation: oneOf(CUSTOMER_SEGMENTATIONS),
}
