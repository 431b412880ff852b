import type { Clock } from '../clock.ts'
import type { FaultStore } from '../faults/fault-store.ts'
import type { Mode } from '../rules/judge.ts'
import type { EventStore } from '../store/event-store.ts'

/** What the routes of Graph and of the Gateway work with. */
export interface GraphContext {
  readonly store: EventStore
  readonly clock: Clock
  readonly faults: FaultStore
  readonly mode: Mode
  /** Calls must carry its proof; absent: none is asked for. */
  readonly appSecret?: string | undefined
  /** Chance, 0 to 1, for faults. */
  readonly random: () => number
}
