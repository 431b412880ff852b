import { buildEvent, type Issue, type ServerEvent } from '@capi/core'

/** A queue's message is JSON, of which nothing is known: good events, and what is wrong with the others. */
export function read(message: string): { events: ServerEvent[]; issues: Issue[] } {
  const events: ServerEvent[] = []
  const issues: Issue[] = []
  for (const line of JSON.parse(message)) {
    const built = buildEvent(line)
    if (built.event !== undefined) events.push(built.event)
    issues.push(...built.issues)
  }
  return { events, issues }
}
