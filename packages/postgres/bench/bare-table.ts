import type { OutboxItem } from '@capi/core/outbox'
import type { Pool } from 'pg'

/** What one would write by hand: one table, three statements, no duplicates told, no fences, nothing remembered. */
export async function bareTable(pool: Pool) {
  await pool.query(`CREATE TABLE bare (
    key text COLLATE "C" PRIMARY KEY, lane text NOT NULL, event_id text NOT NULL, event_name text NOT NULL,
    body text NOT NULL, expires_ms bigint NOT NULL, due timestamptz NOT NULL DEFAULT clock_timestamp())`)
  await pool.query('CREATE INDEX ON bare (lane, due)')
  return {
    async put(items: readonly OutboxItem[]) {
      await pool.query(
        `INSERT INTO bare (key, lane, event_id, event_name, body, expires_ms)
        SELECT key, lane, event_id, event_name, body, "expiresAtMs" FROM json_to_recordset($1::text::json) AS item
          (key text, lane text, event_id text, event_name text, body text, "expiresAtMs" bigint)
        ON CONFLICT DO NOTHING`,
        [JSON.stringify(items)],
      )
    },
    async putOne({ key, lane, event_id, event_name, body, expiresAtMs }: OutboxItem) {
      await pool.query(
        `INSERT INTO bare (key, lane, event_id, event_name, body, expires_ms)
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
        [key, lane, event_id, event_name, body, expiresAtMs],
      )
    },
    async lease(lane: string): Promise<readonly string[]> {
      const { rows } = await pool.query(
        `UPDATE bare SET due = statement_timestamp() + interval '1 minute' WHERE key IN (
          SELECT key FROM bare WHERE lane = $1 AND due <= statement_timestamp()
          ORDER BY due LIMIT 100 FOR UPDATE SKIP LOCKED)
        RETURNING *`,
        [lane],
      )
      return rows.map(({ key }) => key)
    },
    async settle(keys: readonly string[]) {
      await pool.query('DELETE FROM bare WHERE key = ANY($1)', [keys])
    },
  }
}
