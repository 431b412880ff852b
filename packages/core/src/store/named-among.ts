import type { OutboxItem } from './outbox-port.ts'
import type { PutEntry } from './put-entries.ts'

/** An event, as the outbox names what it gave up. */
export type Named = Pick<OutboxItem, 'lane'> & Partial<Pick<OutboxItem, 'event_id'>>

const nameOf = ({ lane, event_id }: Named) => `${lane} ${event_id}`

/** Those that may be in the outbox and are named by it, each name as often as it is given. */
export function namedAmong(entries: Iterable<PutEntry>, names: readonly Named[]): PutEntry[] {
  const left = new Map<string, number>()
  for (const one of names) left.set(nameOf(one), (left.get(nameOf(one)) ?? 0) + 1)
  return [...entries].filter(({ item, calls }) => {
    const count = left.get(nameOf(item)) ?? 0
    if (calls === 0 || count === 0) return false
    left.set(nameOf(item), count - 1)
    return true
  })
}
