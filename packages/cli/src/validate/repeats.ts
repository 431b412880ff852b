import { sha256 } from '@capi/core'
import type { FileFinding, LocatedEvent } from '../events/located-event.ts'

/** Finds a second event of the same name and `event_id`: one of the two is not counted, or counted twice. */
export function createRepeats(): (located: LocatedEvent) => readonly FileFinding[] {
  const firstLines = new Map<string, number>()
  return ({ event, lineOf }) => {
    const { event_name, event_id, pixelId } = Object(event) as Readonly<Record<string, unknown>>
    if (event_id === undefined || event_id === null || event_id === '') return []
    // Ids may be long, and files too.
    const key = sha256(JSON.stringify([event_name, event_id, pixelId]) ?? '').slice(0, 24)
    const line = lineOf('event_id')
    const first = firstLines.get(key)
    if (first === undefined) {
      firstLines.set(key, line)
      return []
    }
    return [
      {
        line,
        code: 'event_id_repeated',
        severity: 'warning',
        message: `The event on line ${first} has the same name and event_id.`,
        fix: 'Give each event an id of its own; remove this one if it is the same sale.',
        path: 'event_id',
      },
    ]
  }
}
