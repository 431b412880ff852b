import type { CapturedEvent } from '../store/captured-event.ts'
import type { DiagnosticId } from './diagnostic-catalog.ts'
import type { EventGroup } from './quality.ts'
import type { NearMiss, Severity } from './report.ts'
import type { Steps } from './steps.ts'

/** All kept events that Meta took, as the rules see them. */
export interface ReportView {
  readonly taken: readonly CapturedEvent[]
  readonly server: readonly CapturedEvent[]
  readonly browser: readonly CapturedEvent[]
  /** By event name. */
  readonly groups: readonly EventGroup[]
  readonly byId: ReadonlyMap<number, CapturedEvent>
  readonly nearMisses: readonly NearMiss[]
}

/** What a rule found among so many events. */
export interface Hit {
  /** What distinguishes it from other hits of its rule: the event name, the reason. */
  readonly about?: string
  /** In place of the catalogue's. */
  readonly severity?: Severity
  readonly affected: readonly CapturedEvent[]
  readonly total: number
  readonly paths: readonly string[]
  /** In place of the texts of the catalogue, where numbers or keys say more. */
  readonly description?: string
  readonly solution?: string
}

/** A finding that takes more than one event to see. Finds nothing, or one thing for each event name. */
export interface ReportRule {
  readonly rule: DiagnosticId
  readonly check: (view: ReportView) => readonly Hit[] | Steps<readonly Hit[]>
}

/** A name as a text may show it. What is no plain name may be anything, a person's too. */
export function shownName(eventName: string): string {
  return /^[\w -]{1,50}$/.test(eventName) ? eventName : '…'
}
