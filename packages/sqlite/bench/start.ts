// How soon after a kill the first put is answered, on files of about 1 GB: 1,000,000 waiting, or 10,000,000 remembered. Each start
// is a process of its own, from a copy of the killed one's files in the page cache. By hand: `npm run bench`.
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { rmSync, statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import {
  DAY_MS,
  fileNamed,
  fill,
  item,
  LANE,
  median,
  megabytes,
  ms,
  open,
  print,
  time,
} from './workload.ts'

const WAITING = Number(process.env['BENCH_QUEUE'] ?? 700_000)
const REMEMBERED = Number(process.env['BENCH_IDS'] ?? 10_000_000)
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 7)

const [, , path] = process.argv
if (path === undefined) await race()
else {
  const one = item()
  const start = performance.now()
  const thread = open(path)
  const recovered = thread.call('recover', time())
  await thread.call('put', [one], time())
  process.stdout.write(String(performance.now() - start))
  const waiting = (await recovered)[LANE] ?? 0
  process.kill(process.pid, waiting >= 0 ? 'SIGKILL' : 'SIGTERM')
}

async function race(): Promise<void> {
  const waiting = fileNamed('waiting.db')
  const filling = open(waiting, 'fast')
  await fill(filling, WAITING)
  await filling.close()
  starts(`${WAITING} waiting`, waiting)
  rmSync(waiting)

  const remembered = fileNamed('remembered.db')
  const seeded = open(remembered, 'fast')
  await seeded.call('recover', time())
  await seeded.close()
  remember(remembered)
  starts(`${REMEMBERED} remembered`, remembered)
}

/** Straight into the tables: to deliver as many would take an hour. */
function remember(path: string): void {
  const db = new DatabaseSync(path)
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA cache_size = -500000')
  const today = Math.floor(Date.now() / DAY_MS)
  for (let day = today + 1; day <= today + 9; day++) {
    db.exec(
      `CREATE TABLE known_${day} (dedup_key BLOB PRIMARY KEY, seq INTEGER NOT NULL, until_ms INTEGER NOT NULL) STRICT, WITHOUT ROWID`,
    )
    const insert = db.prepare(`INSERT INTO known_${day} VALUES (?, 0, ?)`)
    db.exec('BEGIN')
    for (let n = 0; n < REMEMBERED / 9; n++) insert.run(randomBytes(16), day * DAY_MS)
    db.exec('COMMIT')
  }
  db.close()
}

function starts(name: string, path: string): void {
  // The first process is killed: it leaves a file that was not closed in order, and a -wal.
  const times = Array.from({ length: ROUNDS + 1 }, () => {
    const node = ['--conditions=@capi/source', fileURLToPath(import.meta.url), path]
    return Number(spawnSync(process.execPath, node, { encoding: 'utf8' }).stdout)
  }).slice(1)
  print(
    `first put after a kill, ${name}, file ${megabytes(statSync(path).size)}: ${ms(median(times))}, worst ${ms(Math.max(...times))}`,
  )
}
