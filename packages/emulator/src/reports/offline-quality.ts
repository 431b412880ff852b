import { estimateMatchQuality, percent } from '../analysis/estimate.ts'
import { fieldsOf } from '../analysis/event-rule.ts'
import { freshnessOf } from '../analysis/freshness.ts'
import { type EventGroup, groupByName } from '../analysis/quality.ts'
import type { CapturedEvent } from '../store/captured-event.ts'

const DAY_MS = 86_400_000
/** Meta looks at so many days. Source: Meta, Dataset Quality API for offline events, read 2026-11. */
const DAYS = 28

const FRESHNESS_SCORES: Readonly<Record<string, number>> = {
  real_time: 10,
  hourly: 8,
  daily: 6,
  weekly: 2,
}

/** Sent from a shop floor. */
export function isOffline({ payload }: CapturedEvent): boolean {
  return payload['action_source'] === 'physical_store'
}

/**
 * The offline events of one dataset in the shape of Meta's report. Meta does not publish how it scores: these are estimates,
 * the composite one the mean of the others.
 * Source: Meta, Dataset Quality API for offline events, read 2026-11.
 */
export function offlineQuality(events: readonly CapturedEvent[]) {
  return groupByName(events.filter(isOffline)).map(offlineRow)
}

function offlineRow({ event_name, server }: EventGroup) {
  const match = estimateMatchQuality(server).score
  const frequency = round((10 * daysOf(server)) / DAYS)
  const freshness = FRESHNESS_SCORES[freshnessOf(server).upload_frequency] ?? 0
  return {
    event_name,
    composite: {
      score: round((match + frequency + freshness) / 3),
      recommendation: 'The mean of match_key, frequency and freshness: an estimate.',
    },
    match_key: {
      score: match,
      recommendation: 'Send em and ph with each event.',
      coverage: { email: shareWith(server, 'em'), phone: shareWith(server, 'ph') },
    },
    frequency: { score: frequency, recommendation: 'Send events each day.' },
    freshness: { score: freshness, recommendation: 'Send events on the day of the sale.' },
  }
}

function daysOf(events: readonly CapturedEvent[]): number {
  const last = events.at(-1)?.received_at ?? 0
  const recent = events.filter(({ received_at }) => received_at > last - DAYS * DAY_MS)
  return new Set(recent.map(({ received_at }) => Math.floor(received_at / DAY_MS))).size
}

function shareWith(events: readonly CapturedEvent[], key: string): number {
  const having = events.filter(({ payload }) => fieldsOf(payload['user_data'])[key] !== undefined)
  return percent(having.length, events.length)
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
