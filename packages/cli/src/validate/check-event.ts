import { buildEvent, type Issue } from '@capi/core'
import type { Emulator } from '@capi/emulator'
import type { FileFinding, LocatedEvent } from '../events/located-event.ts'

/** What is wrong with one event. */
export type EventCheck = (located: LocatedEvent) => Promise<readonly FileFinding[]>

/** As core would send it: what it drops, corrects or refuses. @param phoneCountry of national phone numbers */
export function checkAsInput(phoneCountry: string | undefined): EventCheck {
  return async ({ event, lineOf }) =>
    buildEvent(event, { phoneCountry }).issues.map((found: Issue) => {
      const { path, code, severity, message, fix, docsUrl } = found
      return { line: lineOf(path), code, severity, message, fix, path, docsUrl }
    })
}

/** As bytes that are sent to Meta unchanged: what the emulator, which judges as Meta does, says of them. */
export async function checkAsSent(): Promise<EventCheck> {
  const { createEmulator } = await import('@capi/emulator')
  const emulator = createEmulator({ max: 1 })
  return async ({ event, line, lineOf }) => {
    await emulator.fetch('https://graph.facebook.com/v27.0/1234567890/events', {
      method: 'POST',
      headers: { authorization: 'Bearer validate', 'content-type': 'application/json' },
      body: JSON.stringify({ data: [event] }),
    })
    const findings = judged(emulator, lineOf)
    emulator.clear()
    return findings.length > 0 || typeof event === 'object' ? findings : [noObject(line)]
  }
}

function judged(emulator: Emulator, lineOf: (path: string) => number): readonly FileFinding[] {
  const [captured] = emulator.events()
  if (captured === undefined) return []
  const { error, issues = [] } = captured
  const found = [
    ...(error
      ? [{ ...error, severity: 'error' as const, path: withinEvent(error.path ?? '') }]
      : []),
    ...issues.map((one) => ({ ...one, severity: 'warning' as const, path: one.path ?? '' })),
  ]
  return found.map(({ rule, severity, title, fix, path }) => {
    return { line: lineOf(path), code: rule, severity, message: `${title}.`, fix, path }
  })
}

/** `$['data'][0]['user_data']['em'][1]` is `user_data.em[1]` of the event. */
function withinEvent(path: string): string {
  return path
    .replace(/^\$(?:\['data'\]\[\d+\])?/, '')
    .replace(/\['(\w+)'\]/g, '.$1')
    .replace(/^\./, '')
}

function noObject(line: number): FileFinding {
  const message = 'This is no event.'
  return { line, code: 'event_not_object', severity: 'error', message, fix: 'Write an object.' }
}
