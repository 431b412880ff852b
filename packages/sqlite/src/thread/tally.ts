import type { DatabaseSync } from 'node:sqlite'
import { crc32 } from 'node:zlib'
import type { Owner } from './owner.ts'

interface Sums {
  queued: number
  /** Bytes of event JSON. */
  bytes: number
  dead: number
}

/** How much the file holds: kept in memory, and written with each change, so that neither asking nor opening counts rows. */
export interface Tally {
  readonly lanes: ReadonlyMap<string, Readonly<Sums>>
  readonly total: Readonly<Sums>
  /** Taken back with the transaction. */
  add(lane: string, change: Partial<Sums>): void
  /** Writes down what changed. */
  write(): void
}

export const COUNT_QUEUED =
  'SELECT lane, count(*) AS events, sum(bytes) AS bytes FROM outbox GROUP BY lane'

/** A flipped bit must not make an outbox full. */
const checksum = (name: string, { queued, bytes, dead }: Sums) =>
  crc32(`${name}\n${queued}\n${bytes}\n${dead}`)

/** Reads what was written down, or counts if that is damaged. */
export function tallyOf(db: DatabaseSync, owner: Owner): Tally {
  const lanes = readLanes(db) ?? countLanes(db)
  const total: Sums = { queued: 0, bytes: 0, dead: 0 }
  for (const sums of lanes.values()) addTo(total, sums)
  const changed = new Set<string>()
  const writeDown = writerOn(db)

  function add(name: string, change: Sums): void {
    const lane = lanes.get(name) ?? { queued: 0, bytes: 0, dead: 0 }
    lanes.set(name, lane)
    addTo(lane, change)
    addTo(total, change)
  }

  return {
    lanes,
    total,
    add(lane, { queued = 0, bytes = 0, dead = 0 }) {
      add(lane, { queued, bytes, dead })
      changed.add(lane)
      owner.undo.push(() => {
        add(lane, { queued: -queued, bytes: -bytes, dead: -dead })
        changed.delete(lane)
      })
    },
    write() {
      for (const name of changed) writeDown(name, lanes.get(name) ?? total)
      changed.clear()
    },
  }
}

/** Counts all rows, and writes that down. */
export function recount(db: DatabaseSync): void {
  db.exec('DELETE FROM lane')
  const writeDown = writerOn(db)
  for (const [name, sums] of countLanes(db)) writeDown(name, sums)
}

function writerOn(db: DatabaseSync): (name: string, sums: Sums) => void {
  const write = db.prepare('INSERT OR REPLACE INTO lane VALUES (?, ?, ?, ?, ?)')
  return (name, sums) =>
    void write.run(name, sums.queued, sums.bytes, sums.dead, checksum(name, sums))
}

/** @returns undefined when one of them is not what was written. */
function readLanes(db: DatabaseSync): Map<string, Sums> | undefined {
  const lanes = new Map<string, Sums>()
  for (const row of db.prepare('SELECT * FROM lane').all()) {
    const name = String(row['name'])
    const [queued, bytes, dead] = [row['queued'], row['bytes'], row['dead']].map(Number)
    const sums = { queued: queued ?? 0, bytes: bytes ?? 0, dead: dead ?? 0 }
    if (checksum(name, sums) !== row['crc']) return undefined
    lanes.set(name, sums)
  }
  return lanes
}

/** Reads an index. */
function countLanes(db: DatabaseSync): Map<string, Sums> {
  const lanes = new Map<string, Sums>()
  for (const { lane, events, bytes } of db.prepare(COUNT_QUEUED).all())
    lanes.set(String(lane), { queued: Number(events), bytes: Number(bytes), dead: 0 })
  const letters = db.prepare('SELECT lane, count(*) AS dead FROM dead GROUP BY lane').all()
  for (const { lane, dead } of letters) {
    const sums = lanes.get(String(lane)) ?? { queued: 0, bytes: 0, dead: 0 }
    lanes.set(String(lane), { ...sums, dead: Number(dead) })
  }
  return lanes
}

function addTo(sums: Sums, { queued, bytes, dead }: Sums): void {
  sums.queued += queued
  sums.bytes += bytes
  sums.dead += dead
}
