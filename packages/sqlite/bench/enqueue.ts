// How fast 100 callers that wait for each answer put events, next to a bare loop that inserts as many in as many commits
// into one table with a unique key. Rounds in turn, medians. By hand: `npm run bench`. Ratios are what to compare.
import { randomBytes } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'
import type { OutboxThread } from '../src/thread/outbox-thread.ts'
import { fileNamed, items, LANE, median, open, print, time } from './workload.ts'

const EVENTS = Number(process.env['BENCH_EVENTS'] ?? 10_000)
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 9)
/** As many callers wait for an answer at a time. */
const CALLERS = Number(process.env['BENCH_CALLERS'] ?? 100)

/** What an outbox on one table needs, and the least there is: rows that can be found when they are due. */
const TABLE = `CREATE TABLE outbox (seq INTEGER PRIMARY KEY AUTOINCREMENT, lane TEXT NOT NULL, dedup_key BLOB NOT NULL,
  event_id TEXT NOT NULL, event_name TEXT NOT NULL, expires_ms INTEGER NOT NULL, remember_until_ms INTEGER NOT NULL,
  due_tick INTEGER NOT NULL, attempts INTEGER NOT NULL, bytes INTEGER NOT NULL, crc INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
  CREATE INDEX outbox_due ON outbox (lane, due_tick, seq, bytes);
  CREATE INDEX outbox_expiry ON outbox (expires_ms);`
const UNIQUE = 'CREATE UNIQUE INDEX outbox_dedup ON outbox (dedup_key)'

/** @returns events per second, and the mean number of them in a commit */
async function enqueue(thread: OutboxThread) {
  const commits = await thread.call('commits')
  const given = items(EVENTS)
  const start = performance.now()
  async function caller(): Promise<void> {
    for (let one = given.pop(); one !== undefined; one = given.pop())
      await thread.call('put', [one], time())
  }
  await Promise.all(Array.from({ length: CALLERS }, caller))
  const perSecond = EVENTS / ((performance.now() - start) / 1_000)
  return { perSecond, group: EVENTS / ((await thread.call('commits')) - commits) }
}

function bareLoop(name: string, synchronous: number, tables: string) {
  const db = new DatabaseSync(fileNamed(name))
  db.exec(`PRAGMA page_size = 8192; PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL;
    PRAGMA synchronous = ${synchronous}; ${tables}`)
  const insert = db.prepare(`INSERT INTO outbox (lane, dedup_key, event_id, event_name, expires_ms,
    remember_until_ms, due_tick, attempts, bytes, crc, body) VALUES (?, ?, ?, 'P', 1, 0, 0, 0, 9, 9, ?)`)
  return (group: number): number => {
    const given = items(EVENTS).map((one) => ({ ...one, key: randomBytes(16) }))
    const start = performance.now()
    for (let n = 0; n < given.length; n += group) {
      db.exec('BEGIN')
      for (const one of given.slice(n, n + group)) insert.run(LANE, one.key, one.event_id, one.body)
      db.exec('COMMIT')
    }
    return EVENTS / ((performance.now() - start) / 1_000)
  }
}

for (const [durability, synchronous] of [
  ['strict', 2],
  ['fast', 1],
] as const) {
  const thread = open(fileNamed(`${durability}.db`), durability)
  const bare = bareLoop(`${durability}-bare.db`, synchronous, `${TABLE} ${UNIQUE}`)
  const least = bareLoop(`${durability}-least.db`, synchronous, TABLE)
  const found: { perSecond: number; group: number; bare: number; least: number }[] = []
  // The first round warms up.
  for (let round = 0; round <= ROUNDS; round++) {
    const { perSecond, group } = await enqueue(thread)
    const [one, other] = [bare(Math.round(group)), least(Math.round(group))]
    if (round > 0) found.push({ perSecond, group, bare: one, least: other })
  }
  await thread.close()
  const rate = median(found.map((one) => one.perSecond))
  const ratio = median(found.map((one) => one.perSecond / one.bare))
  const toLeast = median(found.map((one) => one.perSecond / one.least))
  print(
    `${durability}, ${CALLERS} callers: ${Math.round(rate)} events/s in groups of ` +
      `${median(found.map((one) => one.group)).toFixed(0)}; ${ratio.toFixed(2)} of a bare loop, ` +
      `${toLeast.toFixed(2)} of one that does not look for duplicates`,
  )
}
