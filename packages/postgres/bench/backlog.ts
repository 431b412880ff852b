// What put, lease and settle of 100 events cost with 1,000 and with 1,000,000 waiting, round by round; then the memory of a worker
// with each. By hand: `npm run bench`.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { Pool } from 'pg'
import {
  fill,
  items,
  lease,
  median,
  newPool,
  open,
  print,
  settle,
  stop,
  time,
  timed,
} from './workload.ts'

const BACKLOGS = (process.env['BENCH_BACKLOGS'] ?? '1000,1000000').split(',').map(Number)
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 100)
const STEPS = ['put', 'lease', 'settle'] as const

async function contender(pool: Pool, backlog: number) {
  const outbox = await open(pool)
  await fill({ outbox, pool }, backlog)
  const times = { put: [] as number[], lease: [] as number[], settle: [] as number[] }
  /** As much is delivered as is put: as many wait as before. */
  async function round(): Promise<void> {
    const given = items(100)
    times.put.push(await timed(() => outbox.put(given, time())))
    let leased: Awaited<ReturnType<typeof lease>> = []
    times.lease.push(
      await timed(async () => {
        leased = await lease(outbox)
      }),
    )
    times.settle.push(await timed(() => settle(outbox, leased)))
  }
  return { pool, times, round }
}

const [, , url] = process.argv
if (url === undefined) {
  const all: Awaited<ReturnType<typeof contender>>[] = []
  for (const backlog of BACKLOGS) all.push(await contender(await newPool(), backlog))
  for (let n = 0; n < ROUNDS; n++) for (const { round } of all) await round()
  for (const step of STEPS) {
    const [few = 0, many = 0] = all.map(({ times }) => median(times[step]))
    print(
      `${step} of 100: ${few.toFixed(2)} and ${many.toFixed(2)} ms, ${(many / few).toFixed(2)} ×`,
    )
  }
  const [few = 0, many = 0] = all.map(({ pool }) => {
    const file = fileURLToPath(import.meta.url)
    const address = String(pool.options.connectionString)
    const args = ['--conditions=@capi/source', '--expose-gc', file, address]
    return Number(spawnSync(process.execPath, args, { encoding: 'utf8' }).stdout)
  })
  const mebibytes = (bytes: number) => `${(bytes / 2 ** 20).toFixed(0)} MiB`
  print(`a worker: ${mebibytes(few)} and ${mebibytes(many)}, ${(many / few).toFixed(2)} ×`)
} else {
  // A worker of its own process, whose memory is looked at.
  const pool = new Pool({ connectionString: url })
  const { round } = await contender(pool, 0)
  for (let n = 0; n < ROUNDS; n++) await round()
  globalThis.gc?.()
  process.stdout.write(String(process.memoryUsage().rss))
  await pool.end()
}
await stop()
process.exit()
