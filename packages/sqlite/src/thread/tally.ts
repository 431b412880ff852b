import type { DatabaseSync } from 'node:sqlite'
import type { Owner } from './owner.ts'

interface Sums {
  queued: number
  /** Of event JSON. */
  bytes: number
  dead: number
}

/** How much the file holds, kept beside it so that asking costs nothing. */
export interface Tally {
  readonly lanes: ReadonlyMap<string, Readonly<Sums>>
  readonly total: Readonly<Sums>
  /** Taken back with the transaction. */
  add(lane: string, change: Partial<Sums>): void
}

export const COUNT_QUEUED =
  'SELECT lane, count(*) AS events, sum(bytes) AS bytes FROM outbox GROUP BY lane'

/** Counts once, reading an index; from then on changes are reported. */
export function tallyOf(db: DatabaseSync, owner: Owner): Tally {
  const lanes = new Map<string, Sums>()
  const total: Sums = { queued: 0, bytes: 0, dead: 0 }

  function add(name: string, { queued = 0, bytes = 0, dead = 0 }: Partial<Sums>): void {
    const lane = lanes.get(name) ?? { queued: 0, bytes: 0, dead: 0 }
    lanes.set(name, lane)
    for (const sums of [lane, total]) {
      sums.queued += queued
      sums.bytes += bytes
      sums.dead += dead
    }
  }

  for (const { lane, events, bytes } of db.prepare(COUNT_QUEUED).all())
    add(String(lane), { queued: Number(events), bytes: Number(bytes) })
  for (const { lane, n } of db.prepare('SELECT lane, count(*) AS n FROM dead GROUP BY lane').all())
    add(String(lane), { dead: Number(n) })

  return {
    lanes,
    total,
    add(lane, change) {
      add(lane, change)
      const { queued = 0, bytes = 0, dead = 0 } = change
      owner.undo.push(() => add(lane, { queued: -queued, bytes: -bytes, dead: -dead }))
    },
  }
}
