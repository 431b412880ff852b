import type { DatabaseSync } from 'node:sqlite'
import type { Owner } from './owner.ts'

interface LaneTally {
  queued: number
  dead: number
}

/** How much the file holds, kept beside it so that asking costs nothing. */
export interface Tally {
  readonly lanes: Map<string, LaneTally>
  readonly events: number
  readonly bytes: number
  readonly dead: number
  queued(lane: string, events: number, bytes: number): void
  died(lane: string, letters: number): void
}

export const COUNT_QUEUED =
  'SELECT lane, count(*) AS events, sum(bytes) AS bytes FROM outbox GROUP BY lane'

/** Counts once, reading an index; from then on changes are told, and taken back with the transaction. */
export function tallyOf(db: DatabaseSync, owner: Owner): Tally {
  const lanes = new Map<string, LaneTally>()
  const total = { events: 0, bytes: 0, dead: 0 }

  function laneOf(name: string): LaneTally {
    let lane = lanes.get(name)
    if (lane === undefined) {
      lane = { queued: 0, dead: 0 }
      lanes.set(name, lane)
    }
    return lane
  }
  function addQueued(lane: string, events: number, bytes: number): void {
    laneOf(lane).queued += events
    total.events += events
    total.bytes += bytes
  }
  function addDead(lane: string, letters: number): void {
    laneOf(lane).dead += letters
    total.dead += letters
  }

  for (const row of db.prepare(COUNT_QUEUED).all()) {
    addQueued(String(row['lane']), Number(row['events']), Number(row['bytes']))
  }
  for (const row of db.prepare('SELECT lane, count(*) AS n FROM dead GROUP BY lane').all()) {
    addDead(String(row['lane']), Number(row['n']))
  }

  return {
    lanes,
    get events() {
      return total.events
    },
    get bytes() {
      return total.bytes
    },
    get dead() {
      return total.dead
    },
    queued(lane, events, bytes) {
      addQueued(lane, events, bytes)
      owner.undo.push(() => addQueued(lane, -events, -bytes))
    },
    died(lane, letters) {
      addDead(lane, letters)
      owner.undo.push(() => addDead(lane, -letters))
    },
  }
}
