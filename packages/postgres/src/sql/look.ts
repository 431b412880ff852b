import { functions } from './table.ts'

/** Lanes are found along the index, from one to the next, however many events each has. */
export const LOOK = functions(`
due_lanes() RETURNS text
BEGIN
  RETURN (
    WITH RECURSIVE pixel AS (
      (SELECT lane, due FROM capi.event WHERE due IS NOT NULL ORDER BY lane, due LIMIT 1)
      UNION ALL
      SELECT next.* FROM pixel, LATERAL (SELECT e.lane, e.due FROM capi.event e
        WHERE due IS NOT NULL AND e.lane > pixel.lane ORDER BY e.lane, e.due LIMIT 1) AS next
    )
    SELECT coalesce(json_agg(lane), '[]') FROM pixel WHERE due <= statement_timestamp());
END

counts() RETURNS text
BEGIN
  RETURN (
    SELECT coalesce(json_object_agg(lane, json_build_object('queued', queued, 'dead', dead)), '{}') FROM (
      SELECT lane, sum(queued) AS queued, sum(dead) AS dead FROM (
        SELECT lane, count(*) AS queued, 0 AS dead FROM capi.event WHERE due IS NOT NULL GROUP BY lane
        UNION ALL SELECT lane, 0, count(*) FROM capi.event WHERE key > '~' GROUP BY lane
      ) AS part GROUP BY lane
    ) AS pixel);
END

take_expired(given text) RETURNS text
DECLARE
  most int := given::json->>'limit'; now_ms bigint := floor((given::json->>'nowMs')::float8); answer json;
BEGIN
  WITH old AS MATERIALIZED (
    SELECT ctid AS place FROM capi.event WHERE until_ms <= now_ms AND (fence IS NULL OR due <= statement_timestamp())
    LIMIT most FOR UPDATE SKIP LOCKED
  ), gone AS (
    DELETE FROM capi.event e USING old WHERE e.ctid = place RETURNING lane, event_id, due
  )
  SELECT json_strip_nulls(json_build_object('hasMore', (SELECT count(*) FROM old) >= most OR NULL, 'losses', coalesce(json_agg(
    json_build_object('lane', lane, 'event_id', event_id, 'reason', 'expired')) FILTER (WHERE due IS NOT NULL), '[]')))
  INTO answer FROM gone;
  RETURN answer;
END
`)
