import { attempt } from '../runtime/attempt.ts'
import type { Clock } from '../runtime/clock.ts'
import { keepLatest } from '../runtime/keep-latest.ts'
import type { LeasedItem } from '../store/outbox-port.ts'
import type { Verdict } from '../transport/classify.ts'

/**
 * Meta takes two events with one id for one within 48 hours. Source: Meta, Handling Duplicate Pixel and Conversions API
 * Events, read 2026-09.
 */
const WINDOW_MS = 48 * 3_600_000
/** Events remembered, oldest forgotten first. */
const MAX_KEYS = 20_000

/** Knows which events Meta may have taken in a request that got no answer, and whether it still knows them again. */
export interface Doubts {
  onAnswer(items: readonly LeasedItem[], verdict: Verdict): void
  /** Of events that Meta took now, those that it may count twice. */
  among(items: readonly LeasedItem[]): readonly LeasedItem[]
}

/** When it happened, in milliseconds since 1970: how long Meta takes it tells nothing, in shops that is 62 days. */
function eventMs(body: string): number {
  const event = attempt(() => JSON.parse(body) as { readonly event_time?: unknown })
  return Number(event?.event_time) * 1_000
}

/** @param nowMs milliseconds since 1970. */
export function createDoubts(clock: Clock, nowMs: () => number): Doubts {
  /** The tick of the first request without an answer; undefined: each had one. */
  const first = new Map<string, number | undefined>()
  const forgetOldest = keepLatest(first, MAX_KEYS)

  function isDoubtful({ key, attempts, body }: LeasedItem): boolean {
    const tick = first.get(key)
    if (tick !== undefined) return clock.tick() - tick > WINDOW_MS
    // Sent by a process before this one: nothing is known but the age of the event.
    return attempts > 0 && !first.has(key) && nowMs() - eventMs(body) > WINDOW_MS
  }

  return {
    onAnswer(items, verdict) {
      if (verdict === 'delivered') return
      for (const { key, attempts } of items) {
        const isAmbiguous = verdict === 'ambiguous' && first.get(key) === undefined
        if (isAmbiguous) first.set(key, clock.tick())
        else if (attempts === 0 && !first.has(key)) first.set(key, undefined)
        forgetOldest()
      }
    },
    among(items) {
      const doubtful = items.filter(isDoubtful)
      for (const { key } of items) first.delete(key)
      return doubtful
    },
  }
}
