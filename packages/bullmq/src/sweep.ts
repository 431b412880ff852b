import type { Collector } from './collector.ts'
import { removeDead } from './dead-letters.ts'
import type { Engine } from './engine.ts'
import type { OldLoss } from './old-port.ts'
import { finish } from './settle.ts'
import type { Shelf } from './shelf.ts'

/** Looked at in one sweep, and in one step of it. */
const MOST = 20_000
const STEP = 500
const MAX_DEAD_LETTERS = 10_000

/**
 * Gives up what expired. BullMQ takes a job out of the middle of a list by searching it, so the oldest are fetched
 * instead, like any worker would: those that are not too old wait in the collector as others do.
 */
export async function sweep(
  engine: Engine,
  collector: Collector,
  nowMs: number,
): Promise<readonly OldLoss[]> {
  const ids = new Map<string, string[]>()
  try {
    for (let count = 0; count < MOST; count += STEP) {
      const old = await engine.events.run('expired', nowMs, STEP)
      if (!Array.isArray(old) || old.length === 0) break
      const expired = await collector.fetchExpired(engine, nowMs, old.length)
      if (expired.length === 0) break // Being sent, or behind others in the queue.
      for (const held of expired) {
        collector.drop(held)
        const isGone = await finish(held).catch(() => undefined)
        if (isGone === undefined) continue
        await engine.events.forget([isGone], nowMs)
        const known = ids.get(held.lane)
        if (known === undefined) ids.set(held.lane, [isGone.event_id])
        else known.push(isGone.event_id)
      }
    }
  } catch (error) {
    // What was given up must be told, whatever comes of the rest.
    if (ids.size === 0) throw error
  }
  return [...ids].map(([lane, event_ids]) => {
    return { lane, reason: 'expired', count: event_ids.length, event_ids }
  })
}

/** Forgets dead letters that are too old, and too many. */
export async function sweepDead({ dead }: Engine, nowMs: number): Promise<void> {
  const old = await dead.run('expired', nowMs, STEP)
  if (Array.isArray(old) && old.length > 0) {
    const jobs = await Promise.all(old.map((id) => dead.queue.getJob(String(id))))
    await removeDead(
      dead,
      jobs.filter((job) => job !== undefined),
      nowMs,
    )
  }
  const surplus = await dead.queue.getJobs('waiting', MAX_DEAD_LETTERS, MAX_DEAD_LETTERS + STEP)
  await removeDead(dead, surplus, nowMs)
}

/** Counts again, some entries of each pixel at a time. */
export function createMender() {
  const cursors = new Map<string, string>()
  return async (name: string, shelf: Shelf, nowMs: number): Promise<void> => {
    for (const lane of (await shelf.counts()).keys()) {
      const place = `${name} ${lane}`
      const next = await shelf.run('mend', nowMs, lane, cursors.get(place) ?? '0', STEP)
      cursors.set(place, String(next))
    }
  }
}
