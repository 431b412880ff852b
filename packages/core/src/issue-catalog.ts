import type { IssueRule } from './issue-rule.ts'

/**
 * Every issue there is, in one place. Messages are constants, so no value can leak into one.
 * Meta's codes: Graph error reference and answers seen in public reports, read 2026-09.
 */
export const ISSUE_CATALOG = {
  event_not_object: {
    severity: 'error',
    message: 'The event is not an object.',
    fix: 'Pass one event object, or use track(name, customData, event).',
    meta: '100',
  },
  unreadable_input: {
    severity: 'error',
    message: 'The event cannot be read or written as JSON.',
    fix: 'Pass plain data: no cycles, no BigInt, no getters that throw.',
  },
  event_name_missing: {
    severity: 'error',
    message: 'event_name is missing or blank.',
    fix: 'Give a standard event name such as Purchase, or your own.',
    meta: '100/2804019',
  },
  event_name_case: {
    severity: 'warning',
    message:
      'event_name differs from a standard event only in capital letters: Meta takes it for one of your own.',
    fix: 'Write standard events as Meta does: Purchase, AddToCart, PageView.',
  },
  event_time_invalid: {
    severity: 'error',
    message: 'event_time cannot be read as a time.',
    fix: 'Pass Unix seconds, a Date or ISO 8601 text, or leave it out for now.',
    meta: '100/2804003',
  },
  event_time_milliseconds: {
    severity: 'error',
    message: 'event_time is in milliseconds.',
    fix: 'Divide by 1000, or pass a Date.',
  },
  event_time_future: {
    severity: 'error',
    message: 'event_time lies in the future.',
    fix: "Check the machine's clock and time zone handling.",
  },
  event_time_too_old: {
    severity: 'error',
    message: 'event_time is older than Meta accepts: 7 days, 62 for physical_store.',
    fix: 'Send events within an hour of their happening.',
    meta: '100/2804003',
  },
  action_source_missing: {
    severity: 'error',
    message: 'action_source is missing or not one of the values Meta knows.',
    fix: "Say where it happened: 'website', 'app', 'physical_store', 'email', 'phone_call', 'chat', 'business_messaging', 'system_generated' or 'other'.",
    meta: '100/2804019',
  },
  event_source_url_missing: {
    severity: 'warning',
    message: 'A website event has no event_source_url.',
    fix: 'Pass the address of the page, or track through the request.',
  },
  user_agent_missing: {
    severity: 'warning',
    message: "A website event has no client_user_agent, which Meta's documents require.",
    fix: "Pass the visitor's User-Agent header, or track through the request.",
  },
  url_invalid: {
    severity: 'warning',
    message: 'The address does not begin with http:// or https://; it was dropped.',
    fix: 'Pass the whole address of the page.',
  },
  personal_data_in_url: {
    severity: 'warning',
    message: 'The address held personal data, which was cut out.',
    fix: 'Keep e-mail addresses, names and numbers of people out of addresses.',
  },
  personal_data: {
    severity: 'warning',
    message: 'custom_data held personal data, which Meta forbids there; the field was dropped.',
    fix: 'Pass it in user_data, where it is hashed.',
  },
  value_missing: {
    severity: 'error',
    message: 'A Purchase needs a numeric value.',
    fix: 'Pass custom_data.value in major units; 0 is allowed.',
    meta: '100/2804009',
  },
  currency_missing: {
    severity: 'error',
    message: 'The event needs a currency.',
    fix: 'Pass custom_data.currency as a three-letter ISO 4217 code.',
    meta: '100/2804010',
  },
  value_without_currency: {
    severity: 'warning',
    message: 'A value without a currency is worth nothing; the value was dropped.',
    fix: 'Pass custom_data.currency as a three-letter ISO 4217 code.',
    meta: '100/2804023',
  },
  store_value_missing: {
    severity: 'warning',
    message: 'A store event should have value and currency.',
    fix: 'Pass custom_data.value and custom_data.currency.',
  },
  amount_invalid: {
    severity: 'warning',
    message: 'The amount is no number; it was dropped.',
    fix: "Pass a number in major units, or plain digits such as '142.52'.",
  },
  currency_invalid: {
    severity: 'warning',
    message: 'The text names no currency, or more than one; it was dropped.',
    fix: "Pass a three-letter ISO 4217 code such as 'EUR'.",
  },
  currency_corrected: {
    severity: 'warning',
    message: 'The currency was written in a way that Meta does not read; its code was sent.',
    fix: "Pass a three-letter ISO 4217 code such as 'EUR'.",
  },
  currency_unknown: {
    severity: 'warning',
    message: 'The currency is not among the active ISO 4217 codes; it was sent as it is.',
    fix: 'Check the code.',
  },
  not_a_list: {
    severity: 'warning',
    message: 'The field holds a list; something else was passed and dropped.',
    fix: 'Pass an array, not a text that looks like one.',
    meta: '100/2804008',
  },
  not_in_list: {
    severity: 'warning',
    message: 'The value is none that Meta knows for this field; it was dropped.',
    fix: "See the field's type for the values.",
  },
  content_id_missing: {
    severity: 'warning',
    message: 'A product without an id was dropped.',
    fix: 'Pass the id it has in the catalogue.',
    meta: '100/2804019',
  },
  app_data_missing: {
    severity: 'error',
    message: 'An app event needs app_data.',
    fix: 'Pass app_data with advertiser_tracking_enabled and extinfo.',
  },
  advertiser_tracking_missing: {
    severity: 'error',
    message: 'An app event needs to say whether the person allows tracking.',
    fix: 'Pass app_data.advertiser_tracking_enabled as true or false.',
    meta: '100',
  },
  extinfo_missing: {
    severity: 'error',
    message: 'An app event needs extinfo with version and os_version.',
    fix: "Pass app_data.extinfo with version 'a2' or 'i2' and the version of the system.",
    meta: '100/2804043',
  },
  extinfo_invalid: {
    severity: 'warning',
    message: "extinfo needs version 'a2' or 'i2' and os_version; it was dropped.",
    fix: 'Pass an object with the names of the slots.',
    meta: '100/2804043',
  },
  messaging_channel_missing: {
    severity: 'error',
    message: 'A business_messaging event needs messaging_channel.',
    fix: "Pass 'messenger', 'whatsapp' or 'instagram'.",
    meta: '100/2804063',
  },
  messaging_ids_missing: {
    severity: 'error',
    message: 'The ids of the conversation are missing.',
    fix: 'messenger: page_id and page_scoped_user_id; whatsapp: whatsapp_business_account_id or page_id, and ctwa_clid; instagram: ig_account_id and ig_sid.',
    meta: '100/2804075, 2804079, 2804116',
  },
  event_name_not_for_messaging: {
    severity: 'error',
    message: 'Meta takes only its own list of event names in conversations.',
    fix: 'Use Purchase, LeadSubmitted, InitiateCheckout, AddToCart, ViewContent, CartAbandoned, QualifiedLead, an Order… or a Rating… event.',
    meta: '100/2804066',
  },
  not_for_messaging: {
    severity: 'warning',
    message: 'Meta refuses this field in conversations; it was dropped.',
    fix: 'Remove it, or send the event as website.',
    meta: '100/2804064',
  },
  data_processing_invalid: {
    severity: 'warning',
    message:
      'The data processing options are incomplete; the event was sent as LDU, located by Meta.',
    fix: "Pass ['LDU'] with country 0 or 1 and a state, or [].",
    meta: '100/2804030',
  },
  original_time_invalid: {
    severity: 'warning',
    message:
      'The time of the original event cannot be read, or is in milliseconds; it was dropped.',
    fix: 'Pass Unix seconds, a Date or ISO 8601 text.',
  },
  original_event_missing: {
    severity: 'error',
    message: 'AppendAttribution needs the name and the time of the event it adds to.',
    fix: 'Pass original_event_data.event_name and event_time.',
  },
  attribution_missing: {
    severity: 'error',
    message: 'AppendAttribution needs attribution_data.',
    fix: 'Pass ad_id, touchpoint_ts, attribution_share and attribution_value.',
  },
  customer_information_missing: {
    severity: 'error',
    message: 'user_data has too little to match a person.',
    fix: 'Add at least one of em, ph, external_id, fbc, fbp or client_ip_address.',
    meta: '100/2804050',
  },
  unknown_key: {
    severity: 'warning',
    message: 'Meta has no such key here and would refuse the batch; it was dropped.',
    fix: 'Remove it, or put your own properties into custom_data.',
    meta: '100/2804019',
  },
  misplaced_key: {
    severity: 'warning',
    message: 'The key belongs elsewhere; it was dropped.',
    fix: 'Move it.',
    meta: '100/2804019',
  },
  wrong_type: {
    severity: 'warning',
    message: 'The value has the wrong type; it was dropped.',
    fix: "See the field's type.",
  },
  phone_country_missing: {
    severity: 'warning',
    message:
      'The phone number has no country code, and no country says which: it will hardly match.',
    fix: "Write it with + and the country code, pass the person's country, or set phoneCountry.",
  },
  not_normalizable: {
    severity: 'warning',
    message: 'The value cannot be what this field holds; it was dropped.',
    fix: 'Check what is passed here.',
  },
  hash_of_nothing: {
    severity: 'warning',
    message: "The value is 'undefined', or the hash of a missing value; it was dropped.",
    fix: 'Look whether there is a value before it is hashed, or pass it raw.',
  },
  md5_hash: {
    severity: 'warning',
    message: 'The value looks like an MD5 hash; Meta documents SHA-256 only.',
    fix: 'Pass the raw value, or its SHA-256.',
  },
  ip_not_public: {
    severity: 'warning',
    message: "The address is private, a server's own, or none; it was dropped.",
    fix: "Pass the visitor's address: behind a proxy, the one the proxy reports.",
  },
  fbc_in_seconds: {
    severity: 'warning',
    message: "The time in fbc is in seconds; Meta's is in milliseconds.",
    fix: 'Make it by createFbc, or pass the _fbc cookie as it is.',
  },
  fbc_in_future: {
    severity: 'warning',
    message: 'The time in fbc lies in the future.',
    fix: 'It is the moment the click was first seen, in milliseconds.',
  },
  fbc_expired: {
    severity: 'warning',
    message: 'The click in fbc is more than 90 days old and rarely of use.',
    fix: 'Let stored click ids expire after 90 days.',
  },
  fbc_lower_case: {
    severity: 'warning',
    message:
      'The click id in fbc has no capital letter: it was probably lower-cased, and will not match.',
    fix: 'Pass click ids byte for byte.',
  },
  fbc_case_changed: {
    severity: 'warning',
    message:
      "The click id in fbc differs in case from the one in the page's address, and will not match.",
    fix: 'Pass click ids byte for byte.',
  },
  fbc_redated: {
    severity: 'warning',
    message: "The time in fbc is the event's: it should be the moment of the click.",
    fix: 'Store fbc when the visitor lands, and pass it unchanged.',
  },
} as const satisfies Record<string, IssueRule>

/** The closed set of issue codes. */
export type IssueCode = keyof typeof ISSUE_CATALOG
