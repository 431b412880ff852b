import { buildEvent } from '../event/build-event.ts'
import { maxAgeSec } from '../event/event-time.ts'
import { readEventId } from '../event/read-event-id.ts'
import { asFields } from '../field/fields.ts'
import { type Issue, issue } from '../issue/issue.ts'
import { randomId } from '../runtime/random-id.ts'
import type { OutboxItem } from '../store/outbox-port.ts'
import type { Addressed } from './addressed.ts'
import type { ClientState } from './client-state.ts'
import type { ResolvedOptions } from './options.ts'
import { reportIssues } from './report-issues.ts'

/** An event ready to wait; which pixel it goes to is added by `track`. */
export type ReadyEvent = Omit<OutboxItem, 'lane' | 'key'>

export interface Prepared {
  /** The event's own id, or a random one: also when there is no event to send. */
  readonly event_id: string
  readonly event?: ReadyEvent
  readonly issues: readonly Issue[]
}

/** Reads, builds and serialises an event, and reports what was found. Never throws. */
export function prepareEvent(state: ClientState, { read, fault }: Addressed): Prepared {
  const built = build(read, state.options)
  // A client that sends nothing needs no pixel either.
  const isOff = fault === 'pixel_id_missing' && state.exchange === undefined
  const prepared =
    fault === undefined || isOff
      ? built
      : { event_id: built.event_id, issues: [...built.issues, issue(fault, 'pixelId')] }
  const { event_id, event, issues }: Prepared = prepared
  reportIssues(state, issues, { event_id, ...(event && { event_name: event.event_name }) })
  return prepared
}

function build(read: () => unknown, options: ResolvedOptions): Prepared {
  let event_id: string | undefined
  let ownId: string | undefined
  try {
    const input = read()
    const now = options.clock.now()
    const { event, issues } = buildEvent(input, {
      nowMs: now,
      phoneCountry: options.phoneCountry,
      parsePhone: options.parsePhone,
      newEventId: () => {
        ownId = randomId()
        return ownId
      },
    })
    event_id = event?.event_id ?? ownId ?? readEventId(asFields(input)?.['event_id'], [])
    event_id ??= randomId()
    if (event === undefined) return { event_id, issues }
    const body = JSON.stringify(event)
    if (isLarger(body, options.maxEventBytes))
      return { event_id, issues: [...issues, issue('event_too_large', '')] }
    return {
      event_id,
      event: {
        event_id,
        event_name: event.event_name,
        body,
        expiresAtMs: (event.event_time + maxAgeSec(event.action_source)) * 1_000,
        rememberUntilMs:
          ownId === undefined ? now + options.dedupeWindowMs : randomIdUntilMs(now, options),
      },
      issues,
    }
  } catch {
    // A getter of the caller's threw; what was thrown may hold personal data.
    return { event_id: event_id ?? randomId(), issues: [issue('unreadable_input', '')] }
  }
}

/** A UTF-16 unit is one to three bytes. */
function isLarger(text: string, maxBytes: number): boolean {
  if (text.length * 3 <= maxBytes) return false
  return text.length > maxBytes || new TextEncoder().encode(text).length > maxBytes
}

/**
 * A random id comes again only when its put had no answer and is repeated. Other processes may have delivered it from a shared
 * outbox by then: there it is remembered for as long as such a repeat takes.
 */
function randomIdUntilMs(nowMs: number, { outbox }: Pick<ResolvedOptions, 'outbox'>): number {
  return outbox.sharedAs === undefined ? 0 : nowMs + REPEAT_MS
}

const REPEAT_MS = 600_000
