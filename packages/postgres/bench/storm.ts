// Shops under load while Postgres is killed and started again: what is lost, what is counted, how long `track` takes. By hand:
// `npm run storm`; STORM_TIMES faults (10), STORM_KILLS shops killed (0), STORM_SEED.
import { type StormReport, storm } from '@capi/testing'
import { startPostgres } from '@capi/testing/postgres'
import { Pool } from 'pg'

const times = Number(process.env['STORM_TIMES'] ?? 10)
const kills = Number(process.env['STORM_KILLS'] ?? 0)
const server = await startPostgres()
const killBackends = async () => {
  await ask('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()')
}
async function ask(sql: string) {
  const pool = new Pool({ connectionString: server.url, max: 1 })
  const { rows } = await pool.query(sql)
  await pool.end()
  return rows
}
const report: StormReport = await storm({
  shop: new URL('./storm-shop.ts', import.meta.url),
  server: server.url,
  faults: kills > 0 ? [() => server.restart(), killBackends] : [() => server.restart()],
  waiting: async () =>
    (await ask('SELECT event_id FROM capi.event WHERE body IS NOT NULL')).map(
      (row) => row.event_id,
    ),
  times,
  kills,
  seed: Number(process.env['STORM_SEED'] ?? 1),
})
process.stdout.write(`${JSON.stringify(report, undefined, 1)}\n`)
await server.stop()
