import { createLane, type Lane } from './delivery/lane.ts'
import { guarded, type Ledger } from './delivery/ledger.ts'
import { buildEvent } from './event/build-event.ts'
import type { EventInput } from './event/event-input.ts'
import type { Fields } from './event/merge-scope.ts'
import { type Issue, issue } from './issue.ts'
import type { ResolvedOptions } from './options.ts'
import type { Exchange } from './transport/exchange.ts'

/** What the methods of one client share. */
export interface ClientState {
  readonly options: ResolvedOptions
  readonly ledger: Ledger
  /** Undefined: no token, nothing is sent. */
  readonly exchange: Exchange | undefined
  readonly lanes: Map<string, Lane>
  /** Events of `send` on their way. */
  sending: number
  isClosed: boolean
}

export function laneOf(state: ClientState, exchange: Exchange, pixelId: string): Lane {
  let lane = state.lanes.get(pixelId)
  if (lane === undefined) {
    lane = createLane({ pixelId, exchange, options: state.options, ledger: state.ledger })
    state.lanes.set(pixelId, lane)
  }
  return lane
}

/** An event ready to wait: the bytes Meta gets, and the two names it is known by. */
export interface ReadyEvent {
  readonly event_id: string
  readonly event_name: string
  readonly body: string
}

export interface Prepared {
  readonly event?: ReadyEvent
  readonly issues: readonly Issue[]
}

/** Reads, builds and serialises an event, and tells `onIssue` what was found. Never throws. */
export function prepare(state: ClientState, read: () => Fields): Prepared {
  const prepared = build(read, state.options)
  const { onIssue } = state.options
  if (onIssue !== undefined) {
    const { event_id, event_name } = prepared.event ?? {}
    const about = event_id === undefined || event_name === undefined ? {} : { event_id, event_name }
    for (const found of prepared.issues) guarded(() => onIssue(found, about))
  }
  return prepared
}

function build(read: () => Fields, options: ResolvedOptions): Prepared {
  try {
    const { event, issues } = buildEvent(read() as Fields & EventInput, {
      now: options.clock.now(),
      phoneCountry: options.phoneCountry,
      parsePhone: options.parsePhone,
    })
    if (event === undefined) return { issues }
    const { event_id, event_name } = event
    return { event: { event_id, event_name, body: JSON.stringify(event) }, issues }
  } catch {
    // A getter, a cycle or a BigInt of the caller's; what was thrown may hold personal data.
    return { issues: [issue('unreadable_input', '')] }
  }
}
