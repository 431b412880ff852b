import type { Severity } from './report.ts'

/** What a finding is called and what to do about it. The words are ours. */
export interface DiagnosticText {
  readonly severity: Severity
  readonly name: string
  readonly description: string
  readonly solution: string
}

/**
 * Every finding there is, by the id that events, the page, the command and the matchers share.
 * The problems are those Events Manager names in public reports; severities are ours, read 2026-09.
 */
export const DIAGNOSTICS = {
  match_key_invalid: {
    severity: 'high',
    name: 'Invalid customer information',
    description: 'A value of user_data does not have the form Meta can match.',
    solution:
      'Send SHA-256 in lower-case hex where hashing is asked for, the other keys raw, and no key without a value.',
  },
  match_key_uppercase: {
    severity: 'low',
    name: 'Hash in upper case',
    description: 'A hash of user_data is written in upper case.',
    solution: 'Write hashes in lower case.',
  },
  match_key_unknown: {
    severity: 'medium',
    name: 'Unknown key in user_data',
    description:
      'A key of user_data is none that Meta documents, so its value identifies no person.',
    solution: 'Correct its spelling, or move what is not about the person to custom_data.',
  },
  fbc_modified: {
    severity: 'high',
    name: 'Changed click id in fbc',
    description: 'The click id or the time in user_data.fbc is not what the click brought.',
    solution:
      'Pass the _fbc cookie on as it is, or build fb.1.{milliseconds}.{fbclid} from the undecoded, uncut text of the URL.',
  },
  fbc_expired: {
    severity: 'medium',
    name: 'Click older than 90 days',
    description:
      'user_data.fbc names a click that happened more than 90 days ago. Some shops report that Meta refuses it.',
    solution: 'Leave fbc out 90 days after the click, as the _fbc cookie does.',
  },
  client_ip_local: {
    severity: 'low',
    name: 'Private IP address on your own network',
    description: 'An IP address is private because the page was served by this machine or network.',
    solution: 'Nothing to fix here. In production, send the public address of the visitor.',
  },
  client_ip_shared: {
    severity: 'high',
    name: 'Client IP address of many people',
    description: 'An IP address is private, or stands for many people at once.',
    solution: 'Send the address of the visitor, not of the server or of a proxy before it.',
  },
  customer_data_unhashed: {
    severity: 'high',
    name: 'Customer information not hashed',
    description: 'A key of user_data that must be hashed holds plain text.',
    solution: 'Normalise the value, then send its SHA-256 in hex. Never send it raw.',
  },
  personal_data: {
    severity: 'high',
    name: 'Personal data outside user_data',
    description: 'A key or a value of custom_data or of a URL looks like personal data.',
    solution: 'Remove it; what names a person belongs in user_data, hashed.',
  },
  event_time_milliseconds: {
    severity: 'high',
    name: 'Event time in milliseconds',
    description: 'event_time is too large to be in seconds.',
    solution: 'Divide by 1000 and round down.',
  },
  event_time_future: {
    severity: 'medium',
    name: 'Event time in the future',
    description: 'event_time lies more than a minute ahead.',
    solution: 'Check the clock of the server and that the time is in UTC.',
  },
  event_time_text: {
    severity: 'low',
    name: 'Event time as text',
    description: 'event_time is digits or a date in text. Meta documents a whole number.',
    solution: 'Send event_time as a whole number of Unix seconds.',
  },
  event_name_resembles: {
    severity: 'medium',
    name: 'Event name close to a standard event',
    description:
      'The name differs from a standard event in a letter or two, in capitals or in separators. Meta takes it as a custom event, so campaigns for the standard event do not count it.',
    solution: 'Use the standard name as Meta writes it, or a custom name that differs more.',
  },
  purchase_value_invalid: {
    severity: 'high',
    name: 'Purchase with an unusable value',
    description: 'The value of a Purchase is not a number, or is below zero.',
    solution: 'Send custom_data.value as a number with a point, without a sign or a currency.',
  },
  purchase_value_zero: {
    severity: 'low',
    name: 'Purchase of no value',
    description: 'The value of a Purchase is zero.',
    solution: 'Send what was paid; leave it if the order really was free.',
  },
  currency_invalid: {
    severity: 'medium',
    name: 'Invalid or missing currency',
    description: 'A value comes without a currency of three letters.',
    solution: 'Set custom_data.currency to an ISO 4217 code such as EUR.',
  },
  currency_unusual: {
    severity: 'low',
    name: 'Unusual currency',
    description: 'The currency is in lower case, or is no code of ISO 4217 in use.',
    solution: 'Send the ISO 4217 code in capital letters.',
  },
  value_not_sum: {
    severity: 'low',
    name: 'Value is not the sum of its contents',
    description: 'custom_data.value differs from quantity times item_price over all contents.',
    solution: 'Check item_price and quantity; shipping, taxes and discounts may explain it.',
  },
  purchase_values_alike: {
    severity: 'low',
    name: 'Purchases all of one value',
    description: 'Four in five purchases or more have the same value.',
    solution: 'Send what each customer paid, not a placeholder.',
  },
  contents_missing: {
    severity: 'low',
    name: 'No products named',
    description: 'A product event has neither content_ids nor contents.',
    solution: 'Set custom_data.content_ids or contents to the ids of the catalogue.',
  },
  user_agent_missing: {
    severity: 'medium',
    name: 'Website event without a user agent',
    description: 'action_source is website and user_data.client_user_agent is absent.',
    solution: 'Send the User-Agent header of the visitor as it is.',
  },
  source_url_missing: {
    severity: 'medium',
    name: 'Website event without its page',
    description: 'action_source is website and event_source_url is absent or no web address.',
    solution: 'Send the address of the page, with http:// or https://.',
  },
  limited_data_use_placeless: {
    severity: 'low',
    name: 'Limited Data Use without a place',
    description:
      'An event asks for Limited Data Use and names neither a state nor an IP address, so Meta cannot tell whether it applies.',
    solution:
      'Send client_ip_address, or data_processing_options_country 1 and the number of the state.',
  },
  client_ip_mismatch: {
    severity: 'medium',
    name: 'Two IP addresses for one visitor',
    description: 'A browser event and its server event carry different IP addresses.',
    solution: 'Send the address of the visitor; behind a proxy, read it from the proxy’s header.',
  },
  client_ip_v4: {
    severity: 'low',
    name: 'IPv4 though visitors use IPv6',
    description: 'Most server events carry IPv4 while browsers were seen with IPv6.',
    solution: 'Send IPv6 where it is known. This one may be ignored.',
  },
  coverage_low: {
    severity: 'high',
    name: 'Browser events without a server event',
    description: 'Fewer than three in four browser events also came from the server.',
    solution: 'Send the event from the server too, with the same name and event_id.',
  },
  match_quality_low: {
    severity: 'high',
    name: 'Too little to match people by',
    description: 'The match-quality estimate is below 6.0. It is an estimate, not Meta’s number.',
    solution: 'Send more customer information.',
  },
  match_quality_anonymous: {
    severity: 'low',
    name: 'Little to match anonymous visitors by',
    description: 'The match-quality estimate of events without a known person is below 6.0.',
    solution: 'This is normal before a visitor says who they are.',
  },
  deduplication_weak: {
    severity: 'high',
    name: 'Deduplication is not set up',
    description: 'Browser and server events of one name rarely share an event_id.',
    solution:
      'Make the id once and hand it to both: eventID in the browser, event_id on the server.',
  },
  pair_value_differs: {
    severity: 'high',
    name: 'Browser and server report different money',
    description: 'The two halves of a pair differ in what Meta reports.',
    solution:
      'Read value, currency, content_ids and order_id from one place, such as the order, for both the pixel and the server.',
  },
  counted_twice: {
    severity: 'high',
    name: 'Events counted twice',
    description: 'A browser and a server event look like one, and both count.',
    solution: 'Send the same name and event_id to the same dataset from both sides.',
  },
  event_id_repeated: {
    severity: 'high',
    name: 'One event_id on several events',
    description:
      'One source sent different events with the same name and event_id; all of them count.',
    solution: 'Make a new id for each event, and keep it only for a retry of that event.',
  },
  event_retried: {
    severity: 'low',
    name: 'Event sent again',
    description:
      'An event that Meta had taken came again with the same event_id and content within a day, as a client does that got no answer. Meta may count it twice.',
    solution: 'Nothing to change: a retry with the same event_id is the right thing to do.',
  },
  order_id_repeated: {
    severity: 'low',
    name: 'One order in two purchases',
    description: 'Purchases share an order_id but not their event_id, so both count.',
    solution: 'Derive event_id from the order, so that each order counts once.',
  },
  data_late: {
    severity: 'medium',
    name: 'Events arrive late',
    description: 'On average events arrive more than two hours after they happened.',
    solution: 'Send each event when it happens, within the hour at the latest.',
  },
  test_code_everywhere: {
    severity: 'medium',
    name: 'Test code in production',
    description: 'One test_event_code came with more than 200 events, or over more than a day.',
    solution: 'Remove test_event_code outside of tests; Meta still counts test events.',
  },
} as const satisfies Readonly<Record<string, DiagnosticText>>

export type DiagnosticId = keyof typeof DIAGNOSTICS
