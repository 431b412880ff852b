/** What has a method of this name, whatever its overloads. */
type Has<Name extends string> = Readonly<Record<Name, (...values: never) => unknown>>

/**
 * A client of Postgres, or a transaction of one: `pg` (Pool, Client), PGlite and TypeORM (`query`), postgres.js (`unsafe`), Kysely
 * (`executeQuery`), Drizzle (`execute`), Knex (`raw`), Prisma (`$queryRawUnsafe`), the database of pg-boss (`executeSql`).
 */
export type PostgresClient =
  | Has<'query'>
  | Has<'unsafe'>
  | Has<'executeQuery'>
  | Has<'execute'>
  | Has<'raw'>
  | Has<'$queryRawUnsafe'>
  | Has<'executeSql'>

export type Row = Readonly<Record<string, unknown>>
type Call = (...values: unknown[]) => unknown
type Fields = Readonly<Record<string, unknown>>

/** Runs one statement, whose values are texts. */
export type RunStatement = (text: string, ...values: readonly string[]) => Promise<readonly Row[]>

interface ClientKind {
  /** What this kind of client alone has. */
  readonly method: string
  readonly values: (text: string, values: readonly string[]) => readonly unknown[]
  /** What tells that it is no transaction, or that none began. */
  readonly isIdle: (client: Fields) => boolean
}

const plain = (text: string, values: readonly string[]) => [text, values]
/** pg, PGlite, TypeORM */
const QUERY: ClientKind = { method: 'query', values: plain, isIdle: isIdleSession }

/** In this order: some have methods of others too. */
const KINDS: readonly ClientKind[] = [
  { method: 'executeSql', values: plain, isIdle: () => false }, // pg-boss; its own is replaced by a transaction's
  {
    method: '$queryRawUnsafe', // Prisma
    values: (text, values) => [text, ...values],
    isIdle: (client) => '$connect' in client,
  },
  {
    method: 'executeQuery', // Kysely; nothing of it is imported
    values: (sql, parameters) => [
      { sql, parameters, query: { kind: 'RawNode' }, queryId: { queryId: 'capi' } },
    ],
    isIdle: (client) => client['isTransaction'] !== true,
  },
  { method: 'unsafe', values: plain, isIdle: (client) => 'begin' in client }, // postgres.js
  {
    method: 'raw', // Knex
    values: (text, values) =>
      values.length === 0 ? [text] : [text.replaceAll(/\$\d/g, '?'), values],
    isIdle: (client) => client['isTransaction'] !== true,
  },
  {
    method: 'execute', // Drizzle takes whatever has `getSQL`
    values: (sql, params) => [{ getSQL: () => ({ toQuery: () => ({ sql, params }) }) }],
    isIdle: (client) => !('rollback' in client),
  },
  QUERY,
]

function isIdleSession(client: Fields): boolean {
  const { getTransactionStatus, queryRunner } = client
  if (typeof getTransactionStatus === 'function')
    return getTransactionStatus.call(client) !== 'T' && getTransactionStatus.call(client) !== 'E'
  const runner = (queryRunner ?? client) as Fields // TypeORM
  if ('isTransactionActive' in runner) return runner['isTransactionActive'] !== true
  return 'idleCount' in client || 'waitReady' in client || 'createQueryRunner' in client
}

function kindOf(client: unknown): ClientKind | undefined {
  if ((typeof client !== 'object' && typeof client !== 'function') || client === null) return
  return KINDS.find(({ method }) => typeof (client as Fields)[method] === 'function')
}

export const isClient = (db: unknown) => kindOf(db) !== undefined

export function statementsOn(client: unknown): RunStatement {
  const { method, values: valuesOf } = kindOf(client) ?? QUERY
  return async (text, ...values) => {
    const call = (client as Record<string, Call>)[method]
    const answer = await call?.apply(client, [...valuesOf(text, values)])
    return Array.isArray(answer) ? answer : (answer as { readonly rows: readonly Row[] }).rows
  }
}

/** Whether it is a transaction, as far as its client says so. */
export function isTransaction(client: unknown): boolean {
  return kindOf(client)?.isIdle(client as Fields) === false
}
