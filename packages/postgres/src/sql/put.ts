import { functions } from './table.ts'

/**
 * One call, safe inside the application's transaction: it waits for no lock longer than 300 ms, and whatever fails is undone
 * and returned as a SQLSTATE, a `statement_timeout` and a cancelled query too. It locks no row that is there already: an
 * open transaction that puts a duplicate holds up no delivery. Those remembered no longer make way for a second round.
 *
 * Items from `room` on are not taken; `known` are those of them that would have been duplicates. Bodies come apart, with a character
 * between them that JSON does not have: to read JSON within JSON takes a third of the whole call.
 */
export const PUT = functions(`
put(list text, texts text, given text) RETURNS text SET lock_timeout = '300ms'
DECLARE
  items json; room int; now_ms bigint; fresh text[]; taken text[] := '{}'; known text[]; bodies text[];
BEGIN
  items := list::json;
  bodies := string_to_array(texts, chr(31));
  IF cardinality(bodies) <> json_array_length(items) THEN RAISE data_exception; END IF;
  room := given::json->>'room';
  now_ms := floor((given::json->>'nowMs')::float8);
  FOR attempt IN 1..2 LOOP
    WITH put AS (
      INSERT INTO capi.event (key, lane, event_id, event_name, body, trace, until_ms, remember_ms, due)
      SELECT key, lane, event_id, event_name, bodies[n + 1], trace, "expiresAtMs", "rememberUntilMs",
        statement_timestamp() + n * interval '1 microsecond'
      FROM json_to_recordset(items) AS item (n int, key text, lane text, event_id text, event_name text, trace text,
        "expiresAtMs" float8, "rememberUntilMs" float8)
      WHERE n < room ORDER BY key, n ON CONFLICT (key) DO NOTHING RETURNING key
    ) SELECT array_agg(key) INTO fresh FROM put;
    taken := taken || fresh;
    EXIT WHEN cardinality(taken) = room;
    DELETE FROM capi.event e USING json_to_recordset(items) AS item (n int, key text)
    WHERE e.key = item.key AND n < room AND e.due IS NULL AND e.until_ms <= now_ms;
    EXIT WHEN NOT FOUND;
  END LOOP;
  IF room < json_array_length(items) THEN
    SELECT array_agg(e.key) INTO known FROM json_to_recordset(items) AS item (n int, key text)
    JOIN capi.event e ON e.key = item.key WHERE n >= room AND (e.due IS NOT NULL OR e.until_ms > now_ms);
  END IF;
  RETURN json_build_object('taken', taken, 'known', known);
EXCEPTION WHEN OTHERS OR query_canceled THEN
  RETURN json_build_object('failed', SQLSTATE);
END
`)
