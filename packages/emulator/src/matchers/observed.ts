import type { Diagnostic, PairsReport } from '../analysis/report.ts'
import type { CapturedEvent } from '../store/captured-event.ts'
import type { RecordedCall } from '../store/recorded-call.ts'

/** What a matcher looks at, as it stands at one moment. */
export interface Observed {
  readonly events: readonly CapturedEvent[]
  readonly calls: readonly RecordedCall[]
  readonly pairs: PairsReport
  readonly diagnostics: readonly Diagnostic[]
}

/** What a matcher of Vitest, Jest or Playwright answers. */
export interface MatcherResult {
  /** Whether it holds. */
  readonly pass: boolean
  /** What to say when it should not, or should, have held. */
  readonly message: () => string
}

/** A verdict on what has arrived so far. */
export interface Judgement extends MatcherResult {
  /** Whether what is still to come cannot change it. */
  readonly isFinal?: boolean
}

/** A matcher without its emulator: what it reads, and what it makes of it. */
export interface Question {
  readonly reads: readonly (keyof Observed)[]
  readonly judge: (observed: Observed) => Judgement
}
