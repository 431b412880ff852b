// Shops under load while Redis and they themselves fail: what is lost, what is counted, how long `track` takes. By hand:
// `npm run storm`; STORM_TIMES faults (6), STORM_FAULTS which ones, in turn (kill, freeze, pause, cut), STORM_AWAY_MS how long each
// lasts (2,000), STORM_FSYNC (always, everysec), STORM_KILLS shops killed (0), STORM_SEED.
import { type RedisStorm, redisStorm } from '../test/redis-storm.ts'
import { print } from './workload.ts'

const { STORM_FAULTS = 'kill', STORM_FSYNC = 'always', ...env } = process.env
const report = await redisStorm({
  fsync: STORM_FSYNC as RedisStorm['fsync'],
  faults: STORM_FAULTS.split(',') as unknown as RedisStorm['faults'],
  awayMs: Number(env['STORM_AWAY_MS'] ?? 2_000),
  times: Number(env['STORM_TIMES'] ?? 6),
  kills: Number(env['STORM_KILLS'] ?? 0),
  seed: Number(env['STORM_SEED'] ?? 1),
})
print(JSON.stringify(report, undefined, 1))
