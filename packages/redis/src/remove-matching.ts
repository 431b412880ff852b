import type { Matched, MatchPage } from '@capi/core/outbox'
import { groupsOf, MOST, textsOf } from './answers.ts'
import { itemOf } from './event-entry.ts'
import type { Run } from './redis-outbox.ts'

/** The step after the last pixel's events: dead letters, from the beginning. */
const DEAD = 'dead'

/** One step: first the events of each pixel, then the dead letters. */
export async function removeMatching(
  run: Run,
  hashes: readonly string[],
  { limit, after = '0-0 ' }: MatchPage,
): Promise<Matched> {
  // A text that is part of every event would match them all.
  const sought = hashes.filter((hash) => /^[0-9a-f]{64}$/.test(hash))
  const most = Math.min(limit, MOST)
  const none = { removed: [], dead: 0, leased: 0 }
  if (sought.length === 0) return none
  const split = after.indexOf(' ')
  const [place, lane] = [after.slice(0, split), after.slice(split + 1)]
  if (place === DEAD) {
    const [cursor = '0', dead] = textsOf(await run('matchDead', most, lane, ...sought))
    return { ...none, dead: Number(dead), ...(cursor !== '0' && { next: `${DEAD} ${cursor}` }) }
  }
  const [nextLane = '', entry, leased, ...found] = textsOf(
    await run('matchWaiting', most, lane, place, ...sought),
  )
  const removed = groupsOf(found, 2).map(([from = '', record = '']) => {
    return { lane: from, event_id: itemOf(from, '', record).event_id }
  })
  const next = nextLane === '' ? `${DEAD} 0` : `${entry} ${nextLane}`
  return { removed, leased: Number(leased), dead: 0, next }
}
