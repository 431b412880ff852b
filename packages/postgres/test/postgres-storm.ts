import { setTimeout as sleep } from 'node:timers/promises'
import { cuttableProxy, type StormReport, storm } from '@capi/testing'
import { startPostgres } from '@capi/testing/postgres'
import { Client } from 'pg'

/** What happens to Postgres, and to the shops that sell and deliver meanwhile. */
export interface PostgresStorm {
  /** Kinds of faults, in turn: Postgres dies and starts again, all connections are ended, a network that is cut silently. */
  readonly faults: readonly ('restart' | 'backends' | 'cut')[]
  readonly times: number
  /** Shops that are killed. */
  readonly kills: number
  /** Milliseconds that a cut lasts; default 2,000. */
  readonly cutMs?: number
  readonly seed?: number
  /** Milliseconds between two faults, about; default 4,000. */
  readonly pauseMs?: number
}

/** A Postgres of its own, with its own settings: what is committed is synced. */
export async function postgresStorm(given: PostgresStorm): Promise<StormReport> {
  const { faults: kinds, cutMs = 2_000, ...rest } = given
  const server = await startPostgres()
  const proxy = await cuttableProxy(server.port)
  const throughProxy = new URL(server.url)
  throughProxy.port = String(proxy.port)
  async function rows(sql: string): Promise<readonly Record<string, unknown>[]> {
    const client = new Client({ connectionString: server.url })
    await client.connect()
    const found = await client.query(sql)
    await client.end()
    return found.rows
  }
  const faults = {
    restart: () => server.restart(),
    async backends() {
      await rows(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'",
      )
    },
    async cut() {
      proxy.cut()
      await sleep(cutMs)
      proxy.restore()
    },
  }
  try {
    return await storm({
      ...rest,
      shop: new URL('./children/storm-shop.ts', import.meta.url),
      server: kinds.includes('cut') ? throughProxy.href : server.url,
      faults: kinds.map((kind) => faults[kind]),
      waiting: async () =>
        (await rows('SELECT event_id FROM capi.event WHERE body IS NOT NULL')).map((row) =>
          String(row['event_id']),
        ),
    })
  } finally {
    await proxy.close()
    await server.stop()
  }
}
