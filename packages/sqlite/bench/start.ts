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
  const usage = process.cpuUsage()
  const thread = open(path)
  const recovered = thread.call('recover', time())
  await thread.call('put', [one], time())
  const wallMs = performance.now() - start
  const { user, system } = process.cpuUsage(usage)
  process.stdout.write(JSON.stringify([wallMs, (user + system) / 1_000]))
  const waiting = (await recovered)[LANE] ?? 0
  process.kill(process.pid, waiting >= 0 ? 'SIGKILL' : 'SIGTERM')
}

async function race(): Promise<void> {
  const empty = fileNamed('empty.db')
  const made = open(empty, 'fast')
  await made.call('recover', time())
  await made.close()
  starts('nothing in it', empty)

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
    const count = REMEMBERED / 9
    for (let n = 0; n < count; n++) {
      const key = randomBytes(16)
      // In order, or making the file would take longer than all else.
      key.writeUInt32BE(Math.floor((n / count) * 2 ** 32))
      insert.run(key, day * DAY_MS)
    }
    db.exec('COMMIT')
  }
  db.close()
}

function starts(name: string, path: string): void {
  // The first process is killed: it leaves a file that was not closed in order, and a -wal.
  const times = Array.from({ length: ROUNDS + 1 }, () => {
    const node = ['--conditions=@capi/source', fileURLToPath(import.meta.url), path]
    const { stdout } = spawnSync(process.execPath, node, { encoding: 'utf8' })
    const [wallMs = 0, cpuMs = 0] = JSON.parse(stdout) as number[]
    return { wallMs, cpuMs }
  }).slice(1)
  const wall = times.map(({ wallMs }) => wallMs)
  const cpu = times.map(({ cpuMs }) => cpuMs)
  print(
    `first put after a kill, ${name}, file ${megabytes(statSync(path).size)}: ${ms(median(wall))}, ` +
      `worst ${ms(Math.max(...wall))}, CPU ${ms(median(cpu))}`,
  )
}
