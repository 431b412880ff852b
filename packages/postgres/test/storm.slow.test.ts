import { expectNothingLost } from '@capi/testing'
import { it } from 'vitest'
import { type PostgresStorm, postgresStorm } from './postgres-storm.ts'

/** Faults, and shops killed; by hand CAPI_KILLS=30 npx vitest run --project postgres storm. */
const KILLS = Number(process.env['CAPI_KILLS'] ?? 3)

it.each<[string, Pick<PostgresStorm, 'faults' | 'kills'>]>([
  [
    'Postgres dies, ends connections, or is cut off',
    { faults: ['restart', 'backends', 'cut'], kills: 0 },
  ],
  ['Postgres and shops are killed', { faults: ['restart', 'backends'], kills: KILLS }],
])(
  'shops under load lose no event, and count each once, while %s',
  { timeout: 60_000 + 20_000 * KILLS },
  async (_what, given) => {
    const storm = { ...given, times: KILLS, cutMs: 1_500, pauseMs: 700 }
    expectNothingLost(await postgresStorm(storm), given.kills)
  },
)
