import { dropped, error, type IssueRule, warning } from './issue-rule.ts'

const PASS_CURRENCY = 'Pass custom_data.currency as a three-letter ISO 4217 code.'
const PASS_CODE = "Pass a three-letter ISO 4217 code such as 'EUR'."
const BYTE_FOR_BYTE = 'Pass click ids byte for byte.'

/**
 * Every issue there is, in one place. Messages are constants, so no value can leak into one.
 * Meta's codes: Graph error reference and answers seen in public reports, read 2026-09.
 */
const CATALOG = {
  event_not_object: error(
    'The event is not an object.',
    'Pass one event object, or use track(name, customData, event).',
    '100',
  ),
  unreadable_input: error(
    'The event cannot be read or written as JSON.',
    'Pass plain data: no cycles, no BigInt, no getters that throw.',
  ),
  event_name_missing: error(
    'event_name is missing or blank.',
    'Give a standard event name such as Purchase, or your own.',
    '100/2804019',
  ),
  event_name_case: warning(
    'event_name differs from a standard event only in capital letters: Meta takes it for one of your own.',
    'Write standard events as Meta does: Purchase, AddToCart, PageView.',
  ),
  event_name_resembles: warning(
    'event_name is a letter or two away from a standard event: Meta takes it for your own.',
    'Write standard events as Meta does, or ignore this for a name that is meant.',
  ),
  event_id_missing: warning(
    'event_id is blank or stands for nothing; a random id was sent.',
    'Give each event an id of its own: equal ones count as one event.',
  ),
  event_id_invalid: warning(
    'event_id is no text, whole number or BigInt; a random id was sent.',
    'Pass text, the same on server and browser.',
  ),
  number_lost_digits: warning(
    'The number has lost its last digits, beyond 2^53 or to an exponent (4.9E+12); it was not sent.',
    'Pass ids as text, from where they are read.',
  ),
  event_time_invalid: error(
    'event_time cannot be read as a time.',
    'Pass Unix seconds, a Date or ISO 8601 text, or leave it out for now.',
    '100/2804003',
  ),
  event_time_milliseconds: error(
    'event_time is in milliseconds.',
    'Divide by 1000, or pass a Date.',
  ),
  event_time_ahead: warning(
    'event_time is up to five minutes ahead; the event was sent as of now.',
    "Set the machine's clock by NTP.",
  ),
  event_time_future: error(
    'event_time lies in the future.',
    "Check the machine's clock and time zone handling.",
  ),
  time_without_zone: warning(
    'The time names no zone; it was read as UTC.',
    'Write Z or an offset behind it, or pass a Date.',
  ),
  event_time_too_old: error(
    'event_time is older than Meta accepts: 7 days, 62 for physical_store.',
    'Send events within an hour of their happening.',
    '100/2804003',
  ),
  pixel_id_missing: error(
    'No pixel is named for the event.',
    'Name it in the scope, capi.with({ pixelId }), or as option pixelId.',
  ),
  pixel_id_invalid: error(
    'The pixelId of the event is no dataset id.',
    'Pass 5 to 20 digits as text.',
  ),
  consent_missing: error(
    'The person has not allowed the event.',
    "Send it once the consent is 'granted' or 'ldu'.",
  ),
  action_source_missing: error(
    'action_source is missing or not one of the values Meta knows.',
    "Say where it happened: 'website', 'app', 'physical_store', 'email', 'phone_call', 'chat', 'business_messaging', 'system_generated' or 'other'.",
    '100/2804019',
  ),
  event_source_url_missing: warning(
    'A website event has no event_source_url.',
    'Pass the address of the page, or track through the request.',
  ),
  user_agent_missing: warning(
    "A website event has no client_user_agent, which Meta's documents require.",
    "Pass the visitor's User-Agent header, or track through the request.",
  ),
  url_invalid: dropped(
    'The text is no address on the web',
    'Pass the whole address of the page, from https:// on.',
  ),
  personal_data_in_url: warning(
    'The address held personal data, which was cut out.',
    'Keep e-mail addresses, names and numbers of people out of addresses.',
  ),
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
  app_data_missing: error(
    'An app event needs app_data.',
    'Pass app_data with advertiser_tracking_enabled and extinfo.',
  ),
  advertiser_tracking_missing: error(
    'An app event needs to say whether the person allows tracking.',
    'Pass app_data.advertiser_tracking_enabled as true or false.',
    '100',
  ),
  extinfo_missing: error(
    'An app event needs extinfo with version and os_version.',
    "Pass app_data.extinfo with version 'a2' or 'i2' and the version of the system.",
    '100/2804043',
  ),
  extinfo_invalid: dropped(
    "extinfo needs version 'a2' or 'i2' and os_version",
    'Pass an object with the names of the slots.',
    '100/2804043',
  ),
  messaging_channel_missing: error(
    'A business_messaging event needs messaging_channel.',
    "Pass 'messenger', 'whatsapp' or 'instagram'.",
    '100/2804063',
  ),
  messaging_ids_missing: error(
    'The ids of the conversation are missing.',
    'messenger: page_id and page_scoped_user_id; whatsapp: whatsapp_business_account_id or page_id, and ctwa_clid; instagram: ig_account_id and ig_sid.',
    '100/2804075, 2804079, 2804116',
  ),
  event_name_not_for_messaging: error(
    'Meta takes only its own list of event names in conversations.',
    'Use Purchase, LeadSubmitted, InitiateCheckout, AddToCart, ViewContent, CartAbandoned, QualifiedLead, an Order… or a Rating… event.',
    '100/2804066',
  ),
  not_for_messaging: dropped(
    'Meta refuses this field in conversations',
    'Remove it, or send the event as website.',
    '100/2804064',
  ),
  data_processing_invalid: warning(
    'The data processing options are incomplete or unreadable; the event was sent as LDU.',
    "Pass ['LDU'] with country 0 or 1 and a state, or [].",
    '100/2804030',
  ),
  wish_unreadable: warning(
    'The wish cannot be read; the stricter one was sent.',
    'Pass true or false.',
  ),
  original_time_invalid: dropped(
    'The time of the original event cannot be read, or is in milliseconds',
    'Pass Unix seconds, a Date or ISO 8601 text.',
  ),
  original_event_missing: error(
    'AppendAttribution needs the name and the time of the event it adds to.',
    'Pass original_event_data.event_name and event_time.',
  ),
  attribution_missing: error(
    'AppendAttribution needs attribution_data.',
    'Pass ad_id, touchpoint_ts, attribution_share and attribution_value.',
  ),
  crm_source_missing: warning(
    'Meta requires this of CRM events.',
    "Pass event_source: 'crm' and your CRM's name as lead_event_source.",
  ),
  customer_information_missing: error(
    'user_data has too little to match a person.',
    'Add at least one of em, ph, external_id, fbc, fbp or client_ip_address.',
    '100/2804050',
  ),
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

/** Names of the rules that find issues. The list is open: a minor version may add a code, so keep a `default` branch. */
export type IssueCode = keyof typeof CATALOG

export const ISSUE_CATALOG: Readonly<Record<IssueCode, IssueRule>> = CATALOG
