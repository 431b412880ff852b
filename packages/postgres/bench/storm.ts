// Shops under load while Postgres and they themselves fail: what is lost, what is counted, how long `track` takes. By hand:
// `npm run storm`; STORM_TIMES faults (10), STORM_FAULTS which ones, in turn (restart, backends, cut), STORM_CUT_MS how long a cut
// lasts (2,000), STORM_KILLS shops killed (0), STORM_SEED.
import { type PostgresStorm, postgresStorm } from '../test/postgres-storm.ts'

const { STORM_FAULTS = 'restart', ...env } = process.env
const report = await postgresStorm({
  faults: STORM_FAULTS.split(',') as unknown as PostgresStorm['faults'],
  cutMs: Number(env['STORM_CUT_MS'] ?? 2_000),
  times: Number(env['STORM_TIMES'] ?? 10),
  kills: Number(env['STORM_KILLS'] ?? 0),
  seed: Number(env['STORM_SEED'] ?? 1),
})
process.stdout.write(`${JSON.stringify(report, undefined, 1)}\n`)
