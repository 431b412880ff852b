import type { Fields } from '../rules/rule.ts'
import type { EventError, EventIssue, EventSource } from '../store/captured-event.ts'
import { DIAGNOSTICS } from './diagnostic-catalog.ts'
import { type EventRule, viewOf } from './event-rule.ts'
import { CLICK_ID_RULES } from './event-rules/click-id-rules.ts'
import { EVENT_NAME_RULES } from './event-rules/event-name-rules.ts'
import { MATCH_KEY_RULES } from './event-rules/match-key-rules.ts'
import { PERSONAL_DATA_RULES } from './event-rules/personal-data-rules.ts'
import { PRICE_RULES } from './event-rules/price-rules.ts'
import { TIME_AND_PLACE_RULES } from './event-rules/time-and-place-rules.ts'
import { pathInEvent } from './path-in-event.ts'

const EVENT_RULES: readonly EventRule[] = [
  ...EVENT_NAME_RULES,
  ...TIME_AND_PLACE_RULES,
  ...MATCH_KEY_RULES,
  ...CLICK_ID_RULES,
  ...PRICE_RULES,
  ...PERSONAL_DATA_RULES,
]

export interface IssueContext {
  readonly nowMs: number
  readonly source: EventSource
  /** Why it is refused: one cause is not found twice. */
  readonly error?: EventError | undefined
}

/** What one event alone shows to be wrong though Meta takes it. Names keys and paths, never values. */
export function eventIssues(
  payload: Fields,
  { nowMs, source, error }: IssueContext,
): readonly EventIssue[] {
  const view = viewOf(payload, source, nowMs)
  const refusedAt = error?.path === undefined ? undefined : pathInEvent(error.path)
  return EVENT_RULES.filter((rule) => rule.source === undefined || rule.source === source).flatMap(
    ({ rule, title, fix, check }) =>
      check(view)
        .filter((path) => path !== refusedAt && rule !== error?.rule)
        .map((path) => ({ rule, severity: DIAGNOSTICS[rule].severity, path, title, fix })),
  )
}
