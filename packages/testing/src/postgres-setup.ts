import type { TestProject } from 'vitest/node'
import { startPostgres } from './postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A Postgres for tests; each file makes a database of its own. */
    postgresUrl: string
  }
}

/** One server for all test files of a project: `PG_URL`, else one that is started here. */
export async function setup({ provide }: TestProject): Promise<(() => Promise<void>) | undefined> {
  const given = process.env['PG_URL']
  if (given !== undefined && given !== '') {
    provide('postgresUrl', given)
    return undefined
  }
  // What is committed survives a killed process without a sync: only a power cut needs one.
  const server = await startPostgres(['-c', 'fsync=off'])
  provide('postgresUrl', server.url)
  return () => server.stop()
}
