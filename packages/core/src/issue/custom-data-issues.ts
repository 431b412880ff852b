import { dropped, error, warning } from './issue-rule.ts'

const PASS_CURRENCY = 'Pass custom_data.currency as a three-letter ISO 4217 code.'
const PASS_CODE = "Pass a three-letter ISO 4217 code such as 'EUR'."

/** Issues of `custom_data`: amounts, currencies and products. */
export const CUSTOM_DATA_ISSUES = {
  personal_data: warning(
    'custom_data held personal data, which Meta forbids there; the field was dropped.',
    'Pass it in user_data, where it is hashed.',
  ),
  value_missing: error(
    'A Purchase needs a numeric value.',
    'Pass custom_data.value in major units; 0 is allowed.',
    '100/2804009',
  ),
  currency_missing: error('The event needs a currency.', PASS_CURRENCY, '100/2804010'),
  value_without_currency: warning(
    'A value without a currency is worth nothing; the value was dropped.',
    PASS_CURRENCY,
    '100/2804023',
  ),
  store_value_missing: warning(
    'A store event should have value and currency.',
    'Pass custom_data.value and custom_data.currency.',
  ),
  amount_invalid: dropped(
    'The amount is no number',
    "Pass a number in major units, or plain digits such as '142.52'.",
  ),
  amount_currency_differs: warning(
    'The amount is written in another currency than the event names; its number was sent.',
    'Pass the amount as a number, and its currency in custom_data.currency.',
  ),
  currency_invalid: dropped('The text names no currency, or more than one', PASS_CODE),
  currency_corrected: warning(
    'The currency was written in a way that Meta does not read; its code was sent.',
    PASS_CODE,
  ),
  currency_unknown: warning(
    'The currency is not among the active ISO 4217 codes; it was sent as it is.',
    'Check the code.',
  ),
  not_a_list: warning(
    'The field holds a list; something else was passed and dropped.',
    'Pass an array, not a text that looks like one.',
    '100/2804008',
  ),
  not_in_list: dropped(
    'The value is none that Meta knows for this field',
    "See the field's type for the values.",
  ),
  quantity_corrected: warning(
    'The quantity is not whole; 1 was sent, of a fraction at the price of the line.',
    'Pass a whole number.',
  ),
  content_id_missing: warning(
    'A product without an id was dropped.',
    'Pass the id it has in the catalogue.',
    '100/2804019',
  ),
}
