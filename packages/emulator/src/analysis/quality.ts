import type { CapturedEvent } from '../store/captured-event.ts'
import { coverageOf, keyUsage } from './coverage.ts'
import { isTaken } from './dedup-keys.ts'
import { estimateMatchQuality, percent } from './estimate.ts'
import { freshnessOf } from './freshness.ts'
import { personFacts } from './person-facts.ts'
import type { EventQuality } from './report.ts'
import { each, type Steps } from './steps.ts'

/** What Meta asks for. Source: Meta, Dataset Quality API > event_coverage, read 2026-09. */
export const COVERAGE_GOAL = 75

/** Events of one name that Meta took, by source. */
export interface EventGroup {
  readonly event_name: string
  readonly browser: readonly CapturedEvent[]
  readonly server: readonly CapturedEvent[]
}

/** In the order in which the names first came. */
export function groupByName(events: readonly CapturedEvent[]): readonly EventGroup[] {
  const taken = new Map<string, CapturedEvent[]>()
  for (const event of events.filter(isTaken)) {
    const group = taken.get(event.event_name)
    if (group) group.push(event)
    else taken.set(event.event_name, [event])
  }
  return [...taken].map(([event_name, all]) => ({
    event_name,
    browser: all.filter(({ source }) => source === 'browser'),
    server: all.filter(({ source }) => source === 'server'),
  }))
}

/** How well the events of each name can be matched and paired. Scores are estimates, not Meta's numbers. */
export function* qualityReport(events: readonly CapturedEvent[]): Steps<readonly EventQuality[]> {
  yield* each(events, personFacts)
  const found: EventQuality[] = []
  for (const group of groupByName(events)) {
    yield
    found.push(yield* qualityOf(group))
  }
  return found
}

/** Source: Meta, Data Processing Options, read 2026-09. */
function isLimited({ payload }: CapturedEvent): boolean {
  const options = payload['data_processing_options']
  return Array.isArray(options) && options.includes('LDU')
}

function* qualityOf({ event_name, browser, server }: EventGroup): Steps<EventQuality> {
  const { covered } = yield* coverageOf(browser, server)
  const dedup_keys = yield* keyUsage(browser, server)
  return {
    event_name,
    events: { browser: browser.length, server: server.length },
    match_quality_estimate: estimateMatchQuality(server),
    event_coverage:
      browser.length === 0
        ? null
        : {
            percentage: percent(covered, browser.length),
            goal_percentage: COVERAGE_GOAL,
          },
    restricted: {
      limited_data_use: server.filter(isLimited).length,
      opted_out: server.filter(({ payload }) => payload['opt_out'] === true).length,
    },
    dedup_keys,
    freshness: freshnessOf(server),
  }
}
