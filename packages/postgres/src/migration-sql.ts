import { CapiConfigError } from '@capi/core'
import { FIND } from './sql/find.ts'
import { LEASE } from './sql/lease.ts'
import { LOOK } from './sql/look.ts'
import { PUT } from './sql/put.ts'
import { TABLE } from './sql/table.ts'

/** What this release needs. A later version adds, and keeps what earlier releases call. */
export const TABLES_VERSION = 1

const VERSIONS = [TABLE + PUT + LEASE + LOOK + FIND]

/**
 * The SQL that brings the tables and functions of the outbox to a version, for your own migrations: apply each version once,
 * in order, before the release that needs it starts. Postgres 12 or newer.
 * @param version 1, the only one so far
 * @param schema the outbox's option `schema`; default `capi`
 * @throws CapiConfigError for a version that this release does not know, and for a name that is no schema's
 * @example
 * await writeFile('migrations/0007-capi.sql', migrationSql(1))
 */
export function migrationSql(version: number, schema = 'capi'): string {
  const sql = typeof version === 'number' ? VERSIONS[version - 1] : undefined
  const wrong = [
    sql === undefined && `version is a number from 1 to ${TABLES_VERSION}`,
    !isSchema(schema) && `schema ${SCHEMA_RULE}`,
  ].find(Boolean)
  if (wrong) throw new CapiConfigError('config_invalid', `migrationSql: ${wrong}.`)
  const versioned = `${sql}
CREATE OR REPLACE FUNCTION capi.version() RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT ${version}';
`
  return schema === 'capi' ? versioned : versioned.replaceAll(/\bcapi(?=[.;])/g, `"${schema}"`)
}

/** The same as one statement, which does nothing where the tables are there. Processes that start together wait for each other. */
export function ensureSql(schema: string): string {
  return `DO $ensure$ BEGIN
PERFORM pg_advisory_xact_lock(hashtext('capi ${schema}'));
IF to_regprocedure('"${schema}".version()') IS NULL THEN
${migrationSql(1, schema)}
END IF;
END $ensure$`
}

/** It stands in SQL. */
export const isSchema = (schema: unknown) =>
  typeof schema === 'string' && /^[a-z_][a-z0-9_]{0,49}$/.test(schema)
export const SCHEMA_RULE = 'is a name of small letters, digits and _'
