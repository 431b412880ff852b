import { minorUnitsOf } from '../analysis/currencies.ts'
import { MATCH_KEY_WEIGHTS } from '../analysis/match-quality.ts'
import { STANDARD_EVENTS } from '../analysis/standard-events.ts'

/** Words of the API and of the forms it is written in: none of them names a person. Longer lists are joined below. */
const WORDS =
  'data events event body payload event_name event_time event_id event_source_url action_source user_data custom_data ' +
  'app_data attribution_data original_event_data referrer_url opt_out data_processing_options ' +
  'data_processing_options_country data_processing_options_state messaging_channel customer_segmentation ' +
  'test_event_code partner_agent upload_tag upload_source namespace_id upload_id access_token accessKey ' +
  'appsecret_proof LDU value currency content_ids content_name content_category content_type contents order_id ' +
  'num_items search_string status predicted_ltv delivery_category id quantity item_price product product_group ' +
  'email website app phone_call chat physical_store system_generated business_messaging other ' +
  'true false null undefined NaN Infinity object Object Array None True False nan ' +
  'POST GET application json charset UTF utf Content Type Disposition form multipart urlencoded www xml html http https'

const KNOWN: ReadonlySet<string> = new Set([
  ...WORDS.split(' '),
  ...Object.keys(MATCH_KEY_WEIGHTS),
  ...STANDARD_EVENTS,
])

const WORD = /[\p{L}\p{M}\p{N}_]+/gu
const MAX_BYTES = 2_000

/**
 * The beginning of a body whose parts are not known, as it may be shown. Punctuation stays, and so do words of the API; in
 * every other word letters become `x` and digits `0`. A name in plain text is thus hidden wherever a missing quote has put
 * it, and a parser's "position 57" still points to the same place.
 */
export function maskedText(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes.subarray(0, MAX_BYTES))
  return text.replaceAll(WORD, (word) => (isKnown(word) ? word : shapeOf(word)))
}

function isKnown(word: string): boolean {
  return KNOWN.has(word) || minorUnitsOf(word) !== undefined
}

function shapeOf(word: string): string {
  return word.replaceAll(/\p{N}/gu, '0').replaceAll(/[^0_]/gu, 'x')
}
