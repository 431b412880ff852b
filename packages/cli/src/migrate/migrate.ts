import { CliError } from '../shell/cli-error.ts'
import type { Exit } from '../shell/exit-codes.ts'
import type { Terminal } from '../shell/terminal.ts'
import { loadPackage } from '../store/load-package.ts'
import { openPool } from '../store/open-store.ts'
import { shownAddress, storeAddress } from '../store/store-address.ts'

/** What `capi migrate` takes. */
export interface MigrateOptions {
  readonly store?: string
  readonly schema?: string
  readonly print?: boolean
}

/** The only one so far. */
const VERSION = 1

/** Makes what the outbox needs; where it is there already, changes nothing. */
export async function migrate(terminal: Terminal, options: MigrateOptions): Promise<Exit> {
  const { migrationSql, postgresOutbox } = await loadPackage(
    '@capi/postgres',
    () => import('@capi/postgres'),
  )
  const { schema } = options
  if (options.print) {
    terminal.print(migrationSql(VERSION, schema).trimEnd())
    return 'ok'
  }
  const address = storeAddress(options.store, terminal.env)
  if (address.kind !== 'postgres')
    throw new CliError('usage_invalid', 'Only Postgres has tables to make: --store postgres://…')
  const pool = await openPool(address.url)
  try {
    const outbox = postgresOutbox({ db: pool, schema, ensure: true, role: 'producer' })
    await outbox.counts()
    await outbox.close()
  } finally {
    await pool.end()
  }
  const done = { store: shownAddress(address), schema: schema ?? 'capi', version: VERSION }
  terminal.print(
    terminal.isJson
      ? JSON.stringify(done)
      : `${done.store} has version ${VERSION} of the schema ${done.schema}`,
  )
  return 'ok'
}
