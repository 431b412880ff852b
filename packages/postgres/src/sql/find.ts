import { functions } from './table.ts'

export const FIND = functions(`
read_dead(given text) RETURNS text
DECLARE
  pixel text := given::json->>'lane'; older text := given::json->>'before';
  ids text[] := ARRAY(SELECT json_array_elements_text(given::json->'ids'));
BEGIN
  RETURN (SELECT coalesce(json_agg(letter), '[]') FROM (
    SELECT key AS id, cause, died_ms AS "diedAtMs", json_strip_nulls(json_build_object('lane', lane, 'key', split_part(key, '.', 2),
      'event_id', event_id, 'event_name', event_name, 'body', body, 'trace', trace, 'expiresAtMs', until_ms,
      'rememberUntilMs', remember_ms)) AS item
    FROM capi.event WHERE key > '~' AND (older IS NULL OR key < older) AND (pixel IS NULL OR lane = pixel)
      AND (given::json->>'ids' IS NULL OR key = ANY (ids)) ORDER BY key DESC LIMIT (given::json->>'limit')::int
  ) AS letter);
END

remove_dead(list text) RETURNS text
DECLARE
  removed int;
BEGIN
  DELETE FROM capi.event WHERE key > '~' AND key = ANY (ARRAY(SELECT json_array_elements_text(list::json)));
  GET DIAGNOSTICS removed = ROW_COUNT;
  RETURN removed;
END

remove_matching(list text, given text) RETURNS text
DECLARE
  hashes text[] := ARRAY(SELECT json_array_elements_text(list::json)); most int := given::json->>'limit'; answer json;
BEGIN
  WITH page AS MATERIALIZED (
    SELECT key, EXISTS (SELECT FROM unnest(hashes) AS hash WHERE strpos(body, hash) > 0) AS is_match
    FROM capi.event WHERE key > coalesce(given::json->>'after', '') ORDER BY key LIMIT most
  ), gone AS (
    DELETE FROM capi.event e USING page WHERE is_match AND e.key = page.key
      AND (e.fence IS NULL OR e.due <= statement_timestamp()) RETURNING e.lane, e.event_id, e.key, e.due
  )
  SELECT json_strip_nulls(json_build_object(
    'removed', (SELECT coalesce(json_agg(json_build_object('lane', lane, 'event_id', event_id)), '[]') FROM gone WHERE due IS NOT NULL),
    'dead', (SELECT count(*) FROM gone WHERE due IS NULL),
    'leased', count(*) FILTER (WHERE is_match AND key NOT IN (SELECT key FROM gone)),
    'next', CASE WHEN count(*) = most THEN max(key) END)) INTO answer FROM page;
  RETURN answer;
END
`)
