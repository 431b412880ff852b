import { expect, it } from 'vitest'
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
    const report = await postgresStorm({ ...given, times: KILLS, cutMs: 1_500, pauseMs: 700 })
    if (process.env['CAPI_KILLS'] !== undefined) process.stderr.write(`${JSON.stringify(report)}\n`)
    const { ids, durable, dropped, lostDurable, lostHeld, lostWithShop, twice, sums } = report
    expect({ dropped, lostDurable, lostHeld, twice }).toEqual({
      dropped: {},
      lostDurable: [],
      lostHeld: [],
      twice: [],
    })
    expect(durable).toBeGreaterThan(50)
    expect(report.arrived + report.waiting).toBeGreaterThanOrEqual(ids - lostWithShop)
    if (given.kills === 0) expect(sums).toEqual({ tracked: 0, delivered: 0 })
  },
)
