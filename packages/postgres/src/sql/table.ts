/**
 * A row is an event that waits (`due` from when on it may be handed out, of a leased one when its lease runs out; `fence`
 * names the lease), the memory of a delivered one (no data but the key), or a dead letter (a `cause`; its key begins with
 * `~` and sorts by age). `until_ms`: of a memory when it ends, else when the event expires.
 */
export const TABLE = `CREATE SCHEMA IF NOT EXISTS capi;

CREATE TABLE IF NOT EXISTS capi.event (
  key text COLLATE "C" PRIMARY KEY, lane text COLLATE "C", event_id text, event_name text, body text, trace text,
  until_ms bigint NOT NULL, remember_ms bigint NOT NULL,
  due timestamptz, fence bigint, attempts int NOT NULL DEFAULT 0, cause json, died_ms bigint
) WITH (autovacuum_vacuum_scale_factor = 0.02);
CREATE INDEX IF NOT EXISTS event_due ON capi.event (lane, due) WHERE due IS NOT NULL;
CREATE INDEX IF NOT EXISTS event_until ON capi.event (until_ms);
`

/**
 * Functions, each a head and a body that begins with DECLARE or BEGIN, with blank lines between them. Their arguments are texts,
 * which every client passes unchanged. Their plans are made once for each connection and stay on the indexes, however few
 * rows there are at that moment.
 */
export function functions(sql: string): string {
  const each = sql.trim().split(/\n\n+/)
  return each.map((one) => one.replace(/^(.*?)\n(?=DECLARE|BEGIN)/s, HEAD)).join(END) + END
}

const HEAD = `
CREATE OR REPLACE FUNCTION capi.$1 LANGUAGE plpgsql
SET enable_seqscan = off SET enable_bitmapscan = off SET enable_hashjoin = off SET enable_mergejoin = off
SET jit = off SET plan_cache_mode = force_generic_plan AS $$capi$$
#variable_conflict use_column
`
const END = ` $capi$;
`
