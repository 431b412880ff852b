import { functions } from './table.ts'

/** Where nothing is due, `lease` answers with one row that says when the next event is. `settle` answers for those alone that it did not settle. */
export const LEASE = functions(`
lease(given text) RETURNS TABLE (id text, fence float8, attempts int, lane text, key text, event_id text,
  event_name text, body text, trace text, "expiresAtMs" float8, "rememberUntilMs" float8, has_more boolean, next_ms float8)
DECLARE
  pixel text := given::json->>'lane'; most int := given::json->>'maxEvents'; bytes bigint := given::json->>'maxBytes';
  lasts interval := (given::json->>'leaseMs')::float8 * interval '1 millisecond';
BEGIN
  RETURN QUERY WITH found AS MATERIALIZED (
    SELECT ctid AS place, octet_length(body) AS size, due FROM capi.event
    WHERE lane = pixel AND due <= statement_timestamp() ORDER BY due LIMIT most + 1 FOR UPDATE SKIP LOCKED
  ), fit AS (
    SELECT place, row_number() OVER so_far AS n, sum(size) OVER so_far AS total FROM found
    WINDOW so_far AS (ORDER BY due ROWS UNBOUNDED PRECEDING)
  ), leased AS (
    UPDATE capi.event e SET due = statement_timestamp() + lasts, fence = extract(epoch FROM clock_timestamp()) * 1000000
    FROM fit WHERE e.ctid = place AND n <= most AND (n = 1 OR total <= bytes) RETURNING e.*, n
  )
  SELECT key, fence::float8, attempts, lane, key, event_id, event_name, body, trace, until_ms::float8, remember_ms::float8,
    (SELECT count(*) FROM found) > (SELECT count(*) FROM leased), NULL::float8 FROM leased ORDER BY n;
  IF NOT FOUND THEN
    RETURN QUERY SELECT NULL, NULL::float8, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL::float8, NULL::float8, false,
      ceil(extract(epoch FROM min(due) - statement_timestamp()) * 1000)::float8 FROM capi.event WHERE lane = pixel AND due IS NOT NULL;
  END IF;
END

settle(list text, given text) RETURNS text
DECLARE
  now_ms bigint := floor((given::json->>'nowMs')::float8); total int := json_array_length(list::json); done int[];
BEGIN
  WITH kept AS (
    UPDATE capi.event e SET lane = NULL, event_id = NULL, event_name = NULL, body = NULL, trace = NULL, fence = NULL,
      due = NULL, until_ms = remember_ms, attempts = 0
    FROM json_to_recordset(list::json) AS asked (n int, id text, fence bigint, kind text)
    WHERE kind = 'delivered' AND e.key = id AND e.fence = asked.fence AND remember_ms > now_ms RETURNING n
  ) SELECT array_agg(n) INTO done FROM kept;
  IF cardinality(done) = total THEN RETURN '{}'; END IF;
  WITH asked AS MATERIALIZED (
    SELECT * FROM json_to_recordset(list::json) AS settlement
      (n int, id text, fence bigint, kind text, "delayMs" float8, "isAttempt" boolean, cause json)
  ), again AS (
    UPDATE capi.event e SET fence = NULL, due = statement_timestamp() + "delayMs" * interval '1 millisecond',
      attempts = least(attempts, 2147483646) + "isAttempt"::int
    FROM asked a WHERE kind = 'retry' AND e.key = id AND e.fence = a.fence RETURNING n
  ), buried AS (
    UPDATE capi.event e SET key = '~' || to_char(extract(epoch FROM clock_timestamp()) * 1000000, 'FM00000000000000000') || '.' || key,
      due = NULL, fence = NULL, cause = a.cause, died_ms = now_ms
    FROM asked a WHERE kind = 'dead' AND e.key = id AND e.fence = a.fence RETURNING n
  ), gone AS (
    DELETE FROM capi.event e USING asked a WHERE (kind = 'expired' OR kind = 'delivered' AND remember_ms <= now_ms)
      AND e.key = id AND e.fence = a.fence RETURNING n
  )
  SELECT done || array_agg(n) INTO done FROM (SELECT n FROM again UNION ALL SELECT n FROM buried UNION ALL SELECT n FROM gone) AS each;
  IF cardinality(done) = total THEN RETURN '{}'; END IF;
  RETURN (
    SELECT json_object_agg(n, CASE WHEN (SELECT due FROM capi.event WHERE key = id) IS NULL THEN 'unknown' ELSE 'stale' END)
    FROM json_to_recordset(list::json) AS settlement (n int, id text) WHERE n <> ALL (coalesce(done, '{}')));
END

renew(list text, given text) RETURNS text
BEGIN
  UPDATE capi.event e SET due = statement_timestamp() + (given::json->>'leaseMs')::float8 * interval '1 millisecond'
  FROM json_to_recordset(list::json) AS token (id text, fence bigint) WHERE e.key = token.id AND e.fence = token.fence;
  RETURN 'null';
END
`)
