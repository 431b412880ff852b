export const SOURCES = ['server', 'browser'] as const
export const STATUSES = ['processed', 'deduplicated', 'refused', 'faulted'] as const
export const SEVERITIES = ['high', 'medium', 'low'] as const
/** Where the two halves of an event are. */
export const HALVES = ['both', 'browser', 'server', 'twice'] as const
export type Half = (typeof HALVES)[number]

/** The filter language, as the help shows it and the parser knows it. */
export const FILTER_KEYS = {
  name: { example: 'name:Purchase', means: 'The event’s name holds this' },
  source: { example: 'source:server', means: 'server or browser' },
  status: { example: 'status:refused', means: 'processed, deduplicated, refused or faulted' },
  id: { example: 'id:order-1001', means: 'event_id holds this' },
  has: { example: 'has:fbc', means: 'The event carries this key, anywhere' },
  missing: { example: 'missing:em', means: 'The event lacks this key' },
  half: {
    example: 'half:browser',
    means:
      'both: counted once; browser or server: the other half is missing; twice: counted twice, though it looks like one',
  },
  severity: { example: 'severity:high', means: 'Refused, or with an issue this grave' },
  since: { example: 'since:5m', means: 'Received in the last 5 minutes; also s, h, d' },
  issue: {
    example: 'issue:fbc',
    means: 'An issue or refusal about this key or rule; issue:* for any',
  },
  finding: {
    example: 'finding:coverage_low',
    means: 'Affected by this diagnostic, by its rule or its id',
  },
  value: { example: 'value:>100', means: 'Also >=, <, <=, a plain number, or 10..20' },
  test: {
    example: 'test:TEST123',
    means: 'test_event_code holds this; -test:* for events without one',
  },
  tag: {
    example: 'tag:october-stores',
    means: 'upload_tag holds this; -tag:* for events without one',
  },
  pixel: { example: 'pixel:1234567890', means: 'Sent to this dataset' },
  call: { example: 'call:7', means: 'Sent in this call' },
} as const

export type FilterKey = keyof typeof FILTER_KEYS

export function isFilterKey(key: string): key is FilterKey {
  return Object.hasOwn(FILTER_KEYS, key)
}
