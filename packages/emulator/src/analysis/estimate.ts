import type { CapturedEvent } from '../store/captured-event.ts'
import {
  BANDS,
  MATCH_KEY_WEIGHTS,
  type MatchKey,
  NOT_FOR_WEB,
  WHERE_USED,
} from './match-quality.ts'
import { personFacts } from './person-facts.ts'
import type { MatchQualityEstimate } from './report.ts'

const KEYS = Object.keys(MATCH_KEY_WEIGHTS) as readonly MatchKey[]

/**
 * An estimate of match quality, not Meta's number:
 * 10 × (1 − Π (1 − weight × coverage × validity)) over the keys of `user_data`.
 * @param events server events of one name
 * @param counts further keys that count for an event, though it lacks them
 */
export function estimateMatchQuality(
  events: readonly CapturedEvent[],
  counts: (event: CapturedEvent, key: MatchKey) => boolean = () => false,
): MatchQualityEstimate {
  const used = KEYS.map((key) => ({ key, having: 0, usable: 0 }))
  for (const event of events) {
    const { present, usable } = personFacts(event)
    for (const one of used) {
      const isCounted = counts(event, one.key)
      if (isCounted || present.has(one.key)) one.having += 1
      if (isCounted || usable.has(one.key)) one.usable += 1
    }
  }
  const part = (key: MatchKey, share: number) => 1 - MATCH_KEY_WEIGHTS[key] * share
  const shareOf = (count: number) => (events.length === 0 ? 0 : count / events.length)
  const miss = used.reduce((all, { key, usable }) => all * part(key, shareOf(usable)), 1)
  const score = round(10 * (1 - miss))

  // The score is no sum, so the points of a key are its share of the score by the weight of its logarithm.
  const logs = used.map(({ key, usable }) => -Math.log(part(key, shareOf(usable))))
  const logSum = logs.reduce((sum, log) => sum + log, 0)
  const keys = used
    .map(({ key, having, usable }, index) => ({
      key,
      coverage: percent(having, events.length),
      valid: percent(usable, having),
      points: logSum === 0 ? 0 : round((10 * (1 - miss) * (logs[index] ?? 0)) / logSum),
    }))
    .filter(({ coverage }) => coverage > 0)
    .sort((a, b) => b.points - a.points)
  const next_best = used
    .filter(({ key, having }) => !NOT_FOR_WEB.has(key) && (having > 0 || !WHERE_USED.has(key)))
    .map(({ key, usable }) => ({
      key,
      points: round(10 * miss * (1 - part(key, 1) / part(key, shareOf(usable)))),
    }))
    .filter(({ points }) => points > 0)
    .sort((a, b) => b.points - a.points)
    .slice(0, 5)
  const band = BANDS.find(({ from }) => score >= from)?.band ?? 'poor'
  return { score, band, keys, next_best }
}

/** Whether any value of a key can find someone: one good one is enough. */
export function isUsable(event: CapturedEvent, key: MatchKey): boolean {
  return personFacts(event).usable.has(key)
}

export function percent(part: number, whole: number): number {
  return whole === 0 ? 0 : round((100 * part) / whole)
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
