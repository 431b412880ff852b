import type { TestProject } from 'vitest/node'
import { type PostgresProblem, startPostgres } from './postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A Postgres for tests, in which each file makes a database of its own; or why there is none. */
    postgresUrl: string | PostgresProblem
  }
}

/**
 * One server for all test files of a project: `PG_URL`, else one that is started here. Where it does not start, the tests that
 * ask it for a database fail and say why: an error here would end the run of all projects.
 */
export async function setup(
  { provide }: Pick<TestProject, 'provide'>,
  start = startPostgres,
): Promise<(() => Promise<void>) | undefined> {
  const given = process.env['PG_URL']
  if (given !== undefined && given !== '') {
    provide('postgresUrl', given)
    return undefined
  }
  try {
    // What is committed survives a killed process without a sync: only a power cut needs one.
    const server = await start(['-c', 'fsync=off'])
    provide('postgresUrl', server.url)
    return () => server.stop()
  } catch (error) {
    provide('postgresUrl', { problem: error instanceof Error ? error.message : String(error) })
    return undefined
  }
}
