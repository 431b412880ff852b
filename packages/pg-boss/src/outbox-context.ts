import type { Db } from 'pg-boss'
import type { Call } from './outbox-failure.ts'
import type { ResolvedOptions } from './outbox-options.ts'
import type { Queues } from './queues.ts'
import type { statements } from './statements.ts'

/** What the parts of one outbox share. */
export interface OutboxContext {
  readonly options: ResolvedOptions
  readonly queues: Queues
  readonly sql: ReturnType<typeof statements>
  readonly call: Call
}

export type Row = Readonly<Record<string, unknown>>

/** Runs a statement of ours, on pg-boss's connections or within a transaction. */
export async function query(
  { options }: OutboxContext,
  text: string,
  values: unknown[],
  db: Pick<Db, 'executeSql'> = options.boss.getDb(),
): Promise<readonly Row[]> {
  const { rows } = await db.executeSql(text, values)
  return rows
}

export const idsOf = (rows: readonly Row[]): ReadonlySet<string> =>
  new Set(rows.map((row) => String(row['id'])))
