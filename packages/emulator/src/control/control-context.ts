import type { Clock } from '../clock.ts'
import type { FaultStore } from '../faults/fault-store.ts'
import type { EventStore } from '../store/event-store.ts'

/** What the routes under /__capi work with. */
export interface ControlContext {
  readonly store: EventStore
  readonly clock: Clock
  readonly faults: FaultStore
}
