import { dropped, warning } from './issue-rule.ts'

const BYTE_FOR_BYTE = 'Pass click ids byte for byte.'

/** Issues of `user_data`, and of keys in any object. */
export const USER_DATA_ISSUES = {
  unknown_key: dropped(
    'Meta has no such key here and would refuse the batch',
    'Remove it, or put your own properties into custom_data.',
    '100/2804019',
  ),
  misplaced_key: warning(
    'The key belongs elsewhere; it was dropped here.',
    'Move it.',
    '100/2804019',
  ),
  wrong_type: dropped('The value has the wrong type', "See the field's type."),
  phone_country_missing: warning(
    'The phone number has no country code, and no country says which: it will hardly match.',
    "Write it with + and the country code, pass the person's country, or set phoneCountry.",
  ),
  not_normalizable: dropped(
    'The value cannot be what this field holds',
    'Check what is passed here.',
  ),
  hash_of_nothing: dropped(
    "The value stands for a missing one ('undefined', 'N/A', an unfilled template, or the hash of such)",
    'Look whether there is a value before it is passed or hashed.',
  ),
  date_without_day: warning(
    'The Date is midnight neither in UTC nor here: which day it means is unknown. It was dropped.',
    "Pass the day as text: '1990-12-31'.",
  ),
  md5_hash: warning(
    'The value looks like an MD5 hash; Meta documents SHA-256 only.',
    'Pass the raw value, or its SHA-256.',
  ),
  ip_not_public: dropped(
    "The address is private, a server's own, or none",
    "Pass the visitor's address: behind a proxy, the one the proxy reports.",
  ),
  ip_list: warning(
    'A list of addresses; the first public one was sent.',
    "Pass the visitor's alone.",
  ),
  fbc_in_seconds: warning(
    "The time in fbc is in seconds; Meta's is in milliseconds.",
    'Make it by createFbc, or pass the _fbc cookie as it is.',
  ),
  fbc_in_future: warning(
    'The click in fbc is later than the event, or in the future.',
    'It is the moment the click was first seen, in milliseconds.',
  ),
  fbc_expired: dropped(
    'The click in fbc is more than 90 days old',
    'Let stored click ids expire after 90 days.',
  ),
  fbc_lower_case: warning(
    'The click id in fbc has no capital letter: it was probably lower-cased, and will not match.',
    BYTE_FOR_BYTE,
  ),
  fbc_case_changed: warning(
    "The click id in fbc differs in case from the one in the page's address, and will not match.",
    BYTE_FOR_BYTE,
  ),
  fbc_redated: warning(
    "The time in fbc is the event's: it should be the moment of the click.",
    'Store fbc when the visitor lands, and pass it unchanged.',
  ),
}
