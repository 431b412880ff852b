interface IssueRule {
  readonly severity: 'error' | 'warning'
  readonly message: string
  readonly fix: string
  /** What Meta answers for the whole batch: code, or code/subcode, where it is known. */
  readonly meta?: string
}

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
  value_missing: {
    severity: 'error',
    message: 'A Purchase needs a numeric value.',
    fix: 'Pass custom_data.value in major units; 0 is allowed.',
    meta: '100/2804009',
  },
  currency_missing: {
    severity: 'error',
    message: 'A Purchase needs a currency.',
    fix: 'Pass custom_data.currency as a three-letter ISO 4217 code.',
    meta: '100/2804010',
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
  md5_hash: {
    severity: 'warning',
    message: 'The value looks like an MD5 hash; Meta documents SHA-256 only.',
    fix: 'Pass the raw value, or its SHA-256.',
  },
  not_normalizable: {
    severity: 'warning',
    message: 'The value cannot be what this field holds; it was dropped.',
    fix: 'Check what is passed here.',
  },
} as const satisfies Record<string, IssueRule>

/** The closed set of issue codes. */
export type IssueCode = keyof typeof ISSUE_CATALOG
