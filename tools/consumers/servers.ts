import { newDatabase, type PostgresServer, startPostgres } from '../testing/src/postgres.ts'
import { hasRedis, startRedis } from '../testing/src/redis-server.ts'

export type ServerKind = 'redis' | 'postgres'
type Environment = Readonly<Record<string, string>>

/** Servers that npm cannot install. Each run has one to itself: what an earlier one left would be a duplicate. */
export interface Servers {
  /** Why there is none of this kind here. */
  readonly missing: (kind: ServerKind | undefined) => string | undefined
  /** Passes the variables in which a program or a README looks for its server. */
  readonly use: (
    kind: ServerKind | undefined,
    action: (environment: Environment) => Promise<void>,
  ) => Promise<void>
  readonly close: () => Promise<void>
}

/** Programs of `programs/` that talk to one. */
export const SERVER_OF: Readonly<Record<string, ServerKind>> = {
  redis: 'redis',
  postgres: 'postgres',
}

/** Nothing is started before it is used. Postgres is that of `PG_URL`, or one of its own. */
export function createServers(): Servers {
  let postgres: Promise<PostgresServer> | undefined
  async function useRedis(action: (environment: Environment) => Promise<void>): Promise<void> {
    const server = await startRedis('appendonly yes')
    try {
      await action({ REDIS_URL: `redis://${server.host}:${server.port}` })
    } finally {
      await server.stop()
    }
  }
  async function postgresUrl(): Promise<string> {
    const given = process.env['PG_URL']
    if (given) return given
    postgres ??= startPostgres(['-c', 'fsync=off'])
    return (await postgres).url
  }
  return {
    missing: (kind) =>
      kind === 'redis' && !hasRedis() ? 'there is no redis-server on PATH' : undefined,
    async use(kind, action) {
      if (kind === undefined) return action({})
      if (kind === 'redis') return useRedis(action)
      const database = await newDatabase(await postgresUrl())
      try {
        await action({ PG_URL: database.url })
      } finally {
        await database.drop()
      }
    },
    async close() {
      await (await postgres)?.stop()
    },
  }
}
