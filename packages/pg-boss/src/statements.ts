import { MAX_LEASE_SEC } from './outbox-options.ts'

/**
 * SQL on pg-boss's own tables, for what its functions cannot do; above each statement stands why. The states, the
 * fence and the columns are those of schema 46 (pg-boss 12.38); a test fails when an update of it brings another.
 *
 * Conditions are spelled as in pg-boss's partial indexes, and what is limited is ordered as they are: so that Postgres
 * takes them, however many finished jobs lie in between.
 */
export function statements(schema: string) {
  const job = `${schema}.job`
  const now = `${schema}.job_now()`
  const lapsed = `state = 'active' AND (heartbeat_on + heartbeat_seconds * interval '1s' < ${now}
    OR started_on + expire_seconds * interval '1s' < ${now})`
  /** The leases settled: $1 is the queue, $2 a JSON list. As in pg-boss, `retry_count` tells one lease of a job from the next. */
  const settled = (columns = '') =>
    `json_to_recordset($2::text::json) AS i (id uuid, fence int${columns})`
  const held = `j.name = $1 AND j.id = i.id AND j.state = 'active' AND j.retry_count = i.fence`
  const first = (queue: string, state: string) =>
    `SELECT j.start_after FROM ${job} j WHERE j.name = ${queue} AND j.state = '${state}' AND NOT j.blocked
      ORDER BY j.start_after LIMIT 1`

  return {
    /**
     * `complete()` keeps the whole event for as long as its id is remembered, nine days, and leaves it to pg-boss to
     * delete the others. Here the id alone stays. $3 is now; the moment until which it is remembered takes the
     * expiry's place.
     */
    deliver: `WITH held AS (
        SELECT j.id, (j.data->>'rememberUntilMs')::float8 AS until FROM ${job} j, ${settled()}
        WHERE ${held} FOR UPDATE OF j
      ), kept AS (
        UPDATE ${job} j SET state = 'completed', completed_on = ${now}, data = NULL, output = NULL,
          singleton_key = lpad(h.until::bigint::text, 15, '0'),
          deletion_seconds = least(ceil((h.until - $3::float8) / 1000), 2000000000)::int
        FROM held h WHERE j.name = $1 AND j.id = h.id AND h.until > $3::float8
      ), gone AS (
        DELETE FROM ${job} j USING held h WHERE j.name = $1 AND j.id = h.id AND h.until <= $3::float8
      ) SELECT id FROM held`,

    /** `deleteJob()` does not say which ones it deleted. */
    expire: `DELETE FROM ${job} j USING ${settled()} WHERE ${held} RETURNING j.id`,
    remove: `DELETE FROM ${job} WHERE name = $1 AND id = ANY($2::uuid[]) RETURNING id`,

    /** `fail()` knows one delay for all, in seconds, and counts each return as one of its retries. */
    retry: `UPDATE ${job} j SET state = 'retry', heartbeat_on = NULL,
        start_after = ${now} + i.delay_ms * interval '1 ms',
        data = CASE WHEN i.is_attempt
          THEN jsonb_set(j.data, '{attempts}', to_jsonb((j.data->>'attempts')::int + 1)) ELSE j.data END
      FROM ${settled(', delay_ms float8, is_attempt boolean')} WHERE ${held} RETURNING j.id`,

    /**
     * `fail()` sends to the dead letter queue only what has no retries left, and that is never. The columns are those
     * its own move fills, so that pg-boss's `redrive()` and dashboard know the letter. $3 is the dead letter queue.
     */
    bury: `WITH gone AS (
        DELETE FROM ${job} j USING ${settled(', cause jsonb')} WHERE ${held} RETURNING j.*, i.cause
      ), letters AS (
        INSERT INTO ${job} (name, priority, data, singleton_key, retry_limit, start_after, created_on, keep_until,
          source_name, source_id, source_created_on, source_retry_count, source_output, source_root_id, trace_context)
        SELECT $3, priority, data, singleton_key, retry_limit, ${now}, ${now}, keep_until,
          name, id, created_on, retry_count, cause, coalesce(source_root_id, id), trace_context FROM gone
      ) SELECT id FROM gone`,

    /** Whether a job is there, waiting or leased; `findJobs()` asks for one id at a time. */
    known: `SELECT id, state < 'completed' AS "isOpen" FROM ${job} WHERE name = $1 AND id = ANY($2::uuid[])`,

    /** `insert()` takes no id that a finished job still has, also when the time to remember it is over. $3 is now. */
    forget: `DELETE FROM ${job} WHERE name = $1 AND id = ANY($2::uuid[])
      AND (state > 'completed' OR state = 'completed' AND singleton_key <= $3) RETURNING id`,

    /** pg-boss deletes what is too old without a word; this tells. $2 is now, $3 the dead letter queue. */
    sweep: `WITH old AS (
        SELECT name, id FROM ${job}
        WHERE name = ANY(ARRAY(SELECT name FROM ${schema}.queue WHERE starts_with(name, $1) OR name = $3)) AND state < 'active' AND singleton_key <= $2
        LIMIT 1000 FOR UPDATE SKIP LOCKED
      ) DELETE FROM ${job} j USING old WHERE j.name = old.name AND j.id = old.id
      RETURNING j.name, j.data->>'event_id' AS event_id`,

    /** pg-boss's counts are up to a minute old. Beyond $2 they are good enough, and counting costs. */
    counts: `SELECT q.name, (SELECT count(*)::int FROM (
        SELECT FROM ${job} j WHERE j.name = q.name AND j.state IN ('created', 'retry', 'active')
          ORDER BY j.state LIMIT $2
      ) c) AS counted, q.queued_count + q.active_count AS told
      FROM ${schema}.queue q WHERE starts_with(q.name, $1)`,

    deadCounts: `SELECT source_name AS name, count(*)::int AS dead FROM (
        SELECT source_name FROM ${job} WHERE name = $1 AND state IN ('created', 'retry')
          ORDER BY state LIMIT $2
      ) letters GROUP BY source_name`,

    /** Which queues have something due, or leases that ran out: one question for all of them. */
    arrivals: `SELECT q.name, lapsed.is_lapsed AS "isLapsed" FROM ${schema}.queue q
      LEFT JOIN LATERAL (${first('q.name', 'created')}) fresh ON true
      LEFT JOIN LATERAL (${first('q.name', 'retry')}) again ON true
      LEFT JOIN LATERAL (
        SELECT true AS is_lapsed FROM ${job} j WHERE j.name = q.name AND ${lapsed} LIMIT 1
      ) lapsed ON true
      WHERE starts_with(q.name, $1)
        AND (least(fresh.start_after, again.start_after) <= ${now} OR lapsed.is_lapsed)`,

    /** pg-boss does this once a minute, where it is supervised at all. */
    release: `UPDATE ${job} SET state = 'retry', start_after = ${now}, heartbeat_on = NULL
      WHERE name = $1 AND id IN (
        SELECT id FROM ${job} WHERE name = $1 AND ${lapsed} FOR UPDATE SKIP LOCKED
      ) AND state = 'active'`,

    /** When the next one that waits is due. */
    nextDue: `SELECT greatest(0, ceil(extract(epoch FROM min(start_after) - ${now}) * 1000))::float8 AS ms
      FROM ((${first('$1', 'created')}) UNION ALL (${first('$1', 'retry')})) first`,

    /** `findJobs()` lists the oldest first, of all pixels. $2 is the pixel's queue, $3 ids, $4 a limit, $5 and $6 the letter before. */
    letters: `SELECT id, (extract(epoch FROM created_on) * 1000000)::bigint::text AS us, source_name AS queue, data, source_output AS cause FROM ${job}
      WHERE name = $1 AND state < 'active'
        AND ($2::text IS NULL OR source_name = $2) AND ($3::uuid[] IS NULL OR id = ANY($3::uuid[]))
        AND ($5::bigint IS NULL OR ((extract(epoch FROM created_on) * 1000000)::bigint, id) < ($5::bigint, $6::uuid))
      ORDER BY created_on DESC, id DESC LIMIT $4`,

    /** pg-boss knows nothing of persons. $2 is the dead letter queue, $3 hashes. */
    removeMatching: `WITH found AS (
        SELECT name, id, state < 'active' AS is_waiting, data->>'event_id' AS event_id FROM ${job} j
        WHERE (starts_with(name, $1) OR name = $2) AND state < 'completed'
          AND EXISTS (SELECT FROM unnest($3::text[]) AS hash WHERE position(hash IN j.data->>'body') > 0)
        FOR UPDATE
      ), gone AS (
        DELETE FROM ${job} j USING found f WHERE j.name = f.name AND j.id = f.id AND f.is_waiting
      ) SELECT name, event_id, is_waiting AS "isGone" FROM found`,

    /** Fails where the tables are not those that the statements above were written for. */
    check: `SELECT j.retry_count, j.heartbeat_on, j.heartbeat_seconds, j.expire_seconds, j.singleton_key,
      j.deletion_seconds, j.keep_until, j.blocked, j.source_name, j.source_output, j.source_root_id, j.trace_context,
      ${now} FROM ${job} j, ${schema}.queue q WHERE q.queued_count < 0`,
  } as const
}

/** What each event's job is put with. */
export const JOB_SETTINGS = {
  // The greatest that Postgres keeps: only its age ends an event. At one lease a second that is 68 years.
  retryLimit: 2_147_483_647,
  expireInSeconds: MAX_LEASE_SEC,
} as const
