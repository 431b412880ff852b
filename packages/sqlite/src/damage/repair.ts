import { renameSync, rmSync } from 'node:fs'
import type { Loss } from '@capi/core/outbox'
import { closeConnection, openConnection } from '../file/connection.ts'
import type { DamagedFile, OutboxOptions } from '../outbox-options.ts'
import type { Owner } from '../thread/owner.ts'
import type { LaneCount } from './copy-all.ts'
import { quarantine, repairedName } from './quarantine.ts'
import { type Salvage, salvage } from './salvage.ts'

/**
 * Makes a new file of every row of the damaged one that can still be read, puts that one aside and the
 * new one in its place. Ended at any moment, the next start finds the one or the other whole. What is
 * lost is reported by the next sweep.
 * @param held what it held by lane, when that is known better than the file knows
 */
export function repair(options: OutboxOptions, owner: Owner, held?: LaneCount): DamagedFile {
  const { path } = options
  const found = copied(options, owner.nowMs)
  const quarantinedAs = quarantine(path, new Date(owner.nowMs))
  renameSync(repairedName(path), path)
  const known = held ?? found.held
  const losses = lossesOf(known ?? new Map(), found.salvaged, found.spoilt)
  owner.losses.push(...losses)
  const lost = losses.reduce((sum, { count = 1 }) => sum + count, 0)
  const salvaged = total(found.salvaged)
  const incident = { kind: 'corrupt', path, quarantinedAs, salvaged } as const
  return known === undefined ? incident : { ...incident, lost }
}

function copied(options: OutboxOptions, nowMs: number): Salvage {
  const path = repairedName(options.path)
  const discard = () => {
    for (const suffix of ['', '-wal']) rmSync(path + suffix, { force: true })
  }
  discard() // Of a repair that was cut short.
  const { db: fresh } = openConnection({ ...options, path })
  let found: Salvage | undefined
  try {
    found = salvage(options.path, fresh, nowMs)
    return found
  } finally {
    closeConnection(fresh)
    if (found === undefined) discard()
  }
}

/**
 * By lane, as far as it is known: also the name of a lane may be damaged, so no more is reported to be
 * lost in all than is missing in all.
 */
function lossesOf(held: LaneCount, salvaged: LaneCount, spoilt: LaneCount): Loss[] {
  let left = Math.max(total(held) - total(salvaged), total(spoilt))
  const missing = [...new Set([...held.keys(), ...spoilt.keys()])]
    .map((lane) => {
      const absent = (held.get(lane) ?? 0) - (salvaged.get(lane) ?? 0)
      return { lane, count: Math.max(absent, spoilt.get(lane) ?? 0) }
    })
    .sort((one, other) => other.count - one.count)
  return missing.flatMap(({ lane, count }): Loss[] => {
    const reported = Math.min(count, left)
    left -= reported
    return reported > 0 ? [{ lane, reason: 'store_failed', count: reported }] : []
  })
}

function total(counts: LaneCount): number {
  return [...counts.values()].reduce((sum, one) => sum + one, 0)
}
