import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'

export type Row = Record<string, SQLOutputValue>

/** Damaged places tried before the rest is given up: each costs a failed read or two. */
const MAX_FAILURES = 5_000

/** Every row of a damaged table that can still be read: around a damaged place the range is halved. */
export function* readableRows(db: DatabaseSync, table: string): Generator<Row> {
  const select = db.prepare(`SELECT * FROM ${table} WHERE seq BETWEEN ? AND ? ORDER BY seq`)
  const ranges: [number, number][] = [[1, lastSeq(db, table)]]
  let failures = 0
  for (let range = ranges.pop(); range !== undefined; range = ranges.pop()) {
    const [low, high] = range
    let next = low
    try {
      for (const row of select.iterate(low, high)) {
        const seq = Number(row['seq'])
        // Pages that point at each other would be read indefinitely.
        // biome-ignore lint/plugin: it is caught below, as a damaged place
        if (seq < next || seq > high) throw new RangeError('out of order')
        next = seq + 1
        yield row
      }
    } catch {
      // The first unreadable row is at or behind `next`; what is behind it may be good.
      if (++failures > MAX_FAILURES) return
      if (next >= high) continue
      const middle = Math.floor((next + high) / 2)
      ranges.push([middle + 1, high], [next, middle])
    }
  }
}

/** The rows of a table of keys that can still be read: a damaged place costs those around it. */
export function* readableKeys(db: DatabaseSync, table: string): Generator<Row> {
  const select = db.prepare(`SELECT * FROM ${table} WHERE dedup_key >= ? AND dedup_key < ?`)
  for (let first = 0; first < 256; first++) {
    try {
      yield* select.iterate(Buffer.from([first]), Buffer.from([first, ...MAX_KEY]))
    } catch {
      // The next keys are in other pages.
    }
  }
}

const MAX_KEY = Array.from({ length: 16 }, () => 0xff)

function lastSeq(db: DatabaseSync, table: string): number {
  const sources = [
    `SELECT seq FROM sqlite_sequence WHERE name = '${table}'`,
    `SELECT max(seq) AS seq FROM ${table}`,
    ...(table === 'outbox' ? ['SELECT max(seq) AS seq FROM outbox INDEXED BY outbox_due'] : []),
  ]
  const found = sources.map((source) => {
    try {
      return Number(db.prepare(source).get()?.['seq'] ?? 0)
    } catch {
      return 0
    }
  })
  // When neither can be read, guess: more than any outbox has had.
  return Math.max(...found) || 2 ** 32
}
