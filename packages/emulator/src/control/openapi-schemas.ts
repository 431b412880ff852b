const text = { type: 'string' }
const number = { type: 'number' }
const integer = { type: 'integer' }
const fields = { type: 'object', additionalProperties: true }
const severity = { enum: ['high', 'medium', 'low'] }
const dedupKey = { enum: ['event_id', 'external_id', 'fbp'] }

const list = (items: object) => ({ type: 'array', items })

/** An object whose keys are all there unless named in `optional`. */
const object = (
  properties: Readonly<Record<string, object>>,
  optional: readonly string[] = [],
) => ({
  type: 'object',
  required: Object.keys(properties).filter((key) => !optional.includes(key)),
  properties,
})

/** What the control API answers. The types of the package say the same in TypeScript. */
export const SCHEMAS = {
  Error: object({ error: object({ message: text }) }),
  Health: object({ status: { const: 'ok' }, version: text, events: integer }),
  Imported: object({ imported: integer, refused: integer }),
  Clock: object({ now: { type: 'string', format: 'date-time' }, is_stopped: { type: 'boolean' } }),
  Event: object(
    {
      id: integer,
      received_at: { ...number, description: 'Unix milliseconds.' },
      source: { enum: ['server', 'browser'] },
      status: { enum: ['processed', 'deduplicated', 'rejected', 'faulted'] },
      pixel_id: text,
      event_name: text,
      event_id: text,
      test_event_code: text,
      upload_tag: text,
      token: { ...text, description: 'The last four characters.' },
      payload: fields,
      error: object(
        {
          rule: text,
          code: integer,
          error_subcode: integer,
          title: text,
          path: text,
          fix: text,
        },
        ['error_subcode', 'path'],
      ),
      duplicate_of: integer,
      dedup_key: dedupKey,
      issues: list(object({ rule: text, severity, path: text, title: text, fix: text }, ['path'])),
      batch: integer,
    },
    [
      'event_id',
      'test_event_code',
      'upload_tag',
      'token',
      'error',
      'duplicate_of',
      'dedup_key',
      'issues',
    ],
  ),
  Pairs: object({
    pairs: list(
      object({
        browser: integer,
        server: integer,
        kept: integer,
        key: dedupKey,
        pixel_id: text,
        event_name: text,
        delay_ms: number,
        verdict: text,
        differences: list(object({ path: text, browser: {}, server: {} }, ['browser', 'server'])),
      }),
    ),
    near_misses: list(
      object({
        browser: integer,
        server: integer,
        reason: {
          enum: [
            'event_name_case',
            'event_id_spaces',
            'event_id_case',
            'event_id_number',
            'event_id_missing',
            'pixel_id',
            'order_id',
            'fbp_and_value',
            'server_first',
            'too_late',
          ],
        },
        verdict: text,
      }),
    ),
  }),
  Diagnostic: object({
    rule: text,
    severity,
    name: text,
    description: text,
    solution: text,
    percentage: number,
    affected_event_count: integer,
    total_event_count: integer,
    paths: list(text),
    sample_event_ids: list(integer),
  }),
  EventQuality: object({
    event_name: text,
    events: object({ browser: integer, server: integer }),
    match_quality_estimate: object({
      score: { ...number, description: 'An estimate from 0 to 10, not Meta’s number.' },
      band: { enum: ['poor', 'ok', 'good', 'great'] },
      keys: list(object({ key: text, coverage: number, valid: number, points: number })),
      next_best: list(object({ key: text, points: number })),
    }),
    event_coverage: {
      oneOf: [object({ percentage: number, goal_percentage: number }), { type: 'null' }],
    },
    dedup_keys: list(object({ key: dedupKey, browser: number, server: number, overlap: number })),
    freshness: object({
      upload_frequency: { enum: ['real_time', 'hourly', 'daily', 'weekly'] },
      mean_delay_sec: number,
      histogram: { ...list(integer), minItems: 5, maxItems: 5 },
    }),
  }),
  Fault: object(
    {
      match: object({ pixel_id: text, event_name: text }, ['pixel_id', 'event_name']),
      action: fields,
      preset: {
        enum: [
          'rate-limit',
          'user-limit',
          'custom-limit',
          'token-expired',
          'permission',
          'unknown-dataset',
          'blocked',
          'outage',
          'bad-gateway',
          'slow',
          'flaky',
          'near-limit',
        ],
      },
      probability: { ...number, minimum: 0, maximum: 1 },
      times: { ...integer, minimum: 1 },
      id: integer,
      hits: integer,
    },
    ['match', 'action', 'preset', 'probability', 'times', 'id', 'hits'],
  ),
}
