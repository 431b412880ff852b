import { newDatabase, startPostgres } from '@capi/testing/postgres'

/** A database on `PG_URL`, else on a server that is started here, with Postgres's own settings. */
export async function benchDatabase() {
  const given = process.env['PG_URL']
  const server = given ? undefined : await startPostgres()
  const database = await newDatabase(given || (server?.url ?? ''))
  return {
    url: database.url,
    async stop() {
      await database.drop()
      await server?.stop()
    },
  }
}
