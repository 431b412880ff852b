import type { DeadLetters } from './dead-letters.ts'
import { isLeased } from './owner.ts'
import type { Operations } from './protocol.ts'
import type { Queue } from './queue.ts'
import type { Parts } from './rows.ts'

const HASH = /^[0-9a-f]{64}$/

/** Forgetting a person: no index knows the hashes, so row after row is read, first what waits, then dead letters. */
export function matchingOn(
  { db, owner }: Parts,
  queue: Queue,
  dead: DeadLetters,
): Pick<Operations, 'removeMatching'> {
  const pageOf = (table: 'outbox' | 'dead') =>
    db.prepare(`SELECT * FROM ${table} WHERE seq > ? ORDER BY seq LIMIT ?`)
  const pages = { outbox: pageOf('outbox'), dead: pageOf('dead') }

  return {
    removeMatching(hashes, { limit, after = 'outbox 0' }) {
      const [name, start] = after.split(' ')
      const table = name === 'dead' ? 'dead' : 'outbox'
      // A text that is part of every event would match them all.
      const sought = hashes.filter((hash) => HASH.test(hash))
      const rows = pages[table].all(Number(start), limit)
      const found = rows.filter(({ body }) => sought.some((hash) => String(body).includes(hash)))
      const last = rows.length < limit ? undefined : rows.at(-1)?.['seq']
      const rest = table === 'dead' ? {} : { next: 'dead 0' }
      const more = last === undefined ? rest : { next: `${table} ${Number(last)}` }
      if (table === 'dead') {
        const letters = dead.removeDead(found.map(({ seq }) => String(seq)))
        return { removed: [], dead: letters, leased: 0, ...more }
      }
      const waiting = found.filter(({ seq }) => !isLeased(owner, Number(seq)))
      for (const row of waiting) queue.remove(row)
      const removed = waiting.map(({ lane, event_id }) => {
        return { lane: String(lane), event_id: String(event_id) }
      })
      return { removed, dead: 0, leased: found.length - waiting.length, ...more }
    },
  }
}
