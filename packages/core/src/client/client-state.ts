import { createLane, type Lane } from '../delivery/lane.ts'
import type { Ledger } from '../delivery/ledger.ts'
import { buildEvent } from '../event/build-event.ts'
import { maxAgeSec } from '../event/event-time.ts'
import { readEventId } from '../event/read-event-id.ts'
import { asFields } from '../field/fields.ts'
import { type Issue, issue } from '../issue/issue.ts'
import { attempt } from '../runtime/attempt.ts'
import { randomId } from '../runtime/random-id.ts'
import type { OutboxItem } from '../store/outbox-port.ts'
import type { Store } from '../store/store.ts'
import type { Exchange } from '../transport/exchange.ts'
import type { Addressed } from './addressed.ts'
import type { ResolvedOptions } from './options.ts'

/** What the methods of one client share. */
export interface ClientState {
  readonly options: ResolvedOptions
  readonly ledger: Ledger
  readonly store: Store
  /** Undefined: no token, nothing is sent. */
  readonly exchange: Exchange | undefined
  readonly lanes: Map<string, Lane>
  /** Calls of `track` whose events are on their way into the outbox. */
  readonly putting: Set<Promise<unknown>>
  /** Settled when the outbox has said what it holds from before; until then nothing is leased. */
  recovered: Promise<void>
  /** Put before the outbox said what it holds: its answer counts them too. Undefined: it has answered. */
  putBeforeRecovery: Map<string, number> | undefined
  /** No more events are taken. */
  isClosed: boolean
  /** No more are sent either. */
  isStopped: boolean
  /** A sweep is due. */
  cancelSweep: (() => void) | undefined
  /** Another look for what other processes put is due. */
  cancelPoll: (() => void) | undefined
  /** Bound to the request the client belongs to, where the runtime binds such objects; see `home.ts`. */
  home: AbortSignal | undefined
  /** Kinds of warnings the log knows of: codes of issues, and lines. */
  readonly logged: Set<string>
}

export function laneOf(state: ClientState, exchange: Exchange, pixelId: string): Lane {
  let lane = state.lanes.get(pixelId)
  if (lane === undefined) {
    const { options, ledger, store, recovered } = state
    lane = createLane({ pixelId, exchange, options, ledger, store, recovered })
    state.lanes.set(pixelId, lane)
  }
  return lane
}

/** An event ready to wait; which pixel it goes to is added by `track`. */
export type ReadyEvent = Omit<OutboxItem, 'lane' | 'key'>

export interface Prepared {
  /** The event's own id, or a random one: also when there is no event to send. */
  readonly event_id: string
  readonly event?: ReadyEvent
  readonly issues: readonly Issue[]
}

/** Reads, builds and serialises an event, and tells what was found. Never throws. */
export function prepare(state: ClientState, { read, fault }: Addressed): Prepared {
  const built = build(read, state.options)
  // A client that sends nothing needs no pixel either.
  const isOff = fault === 'pixel_id_missing' && state.exchange === undefined
  const prepared =
    fault === undefined || isOff
      ? built
      : { event_id: built.event_id, issues: [...built.issues, issue(fault, 'pixelId')] }
  const { event_id, event, issues }: Prepared = prepared
  tellAll(state, issues, { event_id, ...(event && { event_name: event.event_name }) })
  return prepared
}

/** Each line once. */
export function warnOnce({ logged, options }: ClientState, line: string): void {
  if (logged.has(line)) return
  logged.add(line)
  options.logger.warn(`@capi/core: ${line}`)
}

interface Told {
  readonly event_id?: string
  readonly event_name?: string
}

/** Reports what was found. Never throws. */
export function tellAll(state: ClientState, issues: readonly Issue[], about: Told): void {
  for (const found of issues) attempt(() => tell(state, found, about))
}

/** To the caller's hook; without one, the log gets each kind of warning once. Errors are logged as drops. */
function tell(state: ClientState, found: Issue, about: Told): unknown {
  const { onIssue, logger } = state.options
  if (onIssue !== undefined) return onIssue(found, about)
  if (found.severity === 'error' || state.logged.has(found.code)) return undefined
  state.logged.add(found.code)
  return logger.warn(
    `@capi/core: ${found.path}: ${found.code}. ${found.message} ${found.fix} Logged once for each kind.`,
  )
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
    return {
      event_id,
      event: {
        event_id,
        event_name: event.event_name,
        body: JSON.stringify(event),
        expiresAtMs: (event.event_time + maxAgeSec(event.action_source)) * 1_000,
        // A random id cannot come again.
        rememberUntilMs: ownId === undefined ? now + options.dedupeWindowMs : 0,
      },
      issues,
    }
  } catch {
    // A getter of the caller's threw; what was thrown may hold personal data.
    return { event_id: event_id ?? randomId(), issues: [issue('unreadable_input', '')] }
  }
}
