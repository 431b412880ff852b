import { coverageOf, keyUsage } from '../analysis/coverage.ts'
import { diagnosticsReport } from '../analysis/diagnostics.ts'
import { estimateMatchQuality, percent } from '../analysis/estimate.ts'
import { freshnessOf } from '../analysis/freshness.ts'
import { COVERAGE_GOAL, groupByName } from '../analysis/quality.ts'
import { atOnce } from '../analysis/steps.ts'
import type { CapturedEvent } from '../store/captured-event.ts'
import { isOffline, offlineQuality } from './offline-quality.ts'

/** Meta spells keys of user_data out here. Source: Meta, Dataset Quality API, read 2026-09. */
const IDENTIFIERS: Readonly<Record<string, string>> = {
  em: 'email',
  ph: 'phone',
  fn: 'first_name',
  ln: 'last_name',
  ge: 'gender',
  db: 'date_of_birth',
  ct: 'city',
  st: 'state',
  zp: 'zip',
  client_ip_address: 'ip_address',
  client_user_agent: 'user_agent',
}

const FRESHNESS: Readonly<Record<string, string>> = {
  real_time: 'Events arrive within the hour.',
  hourly: 'Events arrive within the day.',
  daily: 'Events arrive within the week.',
  weekly: 'Events take more than a week.',
}

/**
 * The events of one dataset in the shape of Meta's report. What only Meta can know (how many more conversions a
 * change would bring) is null, and the score is an estimate.
 * Source: Meta, Dataset Quality API, and the spelling dedupe_key_feedback as Graph answers it, read 2026-09.
 */
export function datasetQuality(events: readonly CapturedEvent[]) {
  return {
    web: groupByName(events.filter((event) => !isOffline(event))).map((group) => {
      const { event_name, browser, server } = group
      const all = [...browser, ...server]
      const coverage = atOnce(coverageOf(browser, server))
      const freshness = freshnessOf(server)
      return {
        event_name,
        event_match_quality: matchQuality(all, server),
        event_coverage: {
          percentage: percent(coverage.covered, browser.length),
          goal_percentage: COVERAGE_GOAL,
          description: 'Share of browser events that also came from the server.',
          potential_aly_acr_increase: null,
        },
        dedupe_key_feedback: atOnce(keyUsage(browser, server)).map((usage) => ({
          dedupe_key: usage.key,
          browser_events_with_dedupe_key: {
            percentage: usage.browser,
            description: 'Share of browser events that carry the key.',
          },
          server_events_with_dedupe_key: {
            percentage: usage.server,
            description: 'Share of server events that carry the key.',
          },
          overall_browser_coverage_from_dedupe_key: {
            percentage: percent(coverage.byKey[usage.key], browser.length),
            description: 'What the key adds to the coverage by the keys before it.',
          },
        })),
        data_freshness: {
          upload_frequency: freshness.upload_frequency,
          description: FRESHNESS[freshness.upload_frequency] ?? '',
        },
        acr: null,
        event_potential_aly_acr_increase: null,
      }
    }),
    offline: offlineQuality(events),
  }
}

function matchQuality(all: readonly CapturedEvent[], server: readonly CapturedEvent[]) {
  const { score, keys } = estimateMatchQuality(server)
  return {
    composite_score: score,
    match_key_feedback: keys.map(({ key, coverage }) => ({
      identifier: IDENTIFIERS[key] ?? key,
      coverage: { percentage: coverage },
      potential_aly_acr_increase: null,
    })),
    diagnostics: atOnce(diagnosticsReport(all)).map((one) => ({
      name: one.name,
      description: one.description,
      solution: one.solution,
      percentage: one.percentage,
      affected_event_count: one.affected_event_count,
      total_event_count: one.total_event_count,
    })),
  }
}
