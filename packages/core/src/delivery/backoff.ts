/** Waits double from one bound to the other, each drawn at random below its ceiling. */
export interface RetryOptions {
  /** Longest wait before the first repeat, milliseconds; it doubles with each. Default 1,000. */
  readonly baseDelayMs?: number | undefined
  /** No wait is longer, unless Meta asks for it; default 300,000. */
  readonly maxDelayMs?: number | undefined
}

export type ResolvedRetry = Required<{ readonly [K in keyof RetryOptions]: number }>

/** Nothing is repeated sooner. */
const MIN_DELAY_MS = 250
/** What Meta blocks for when it throttles without saying how long. Source: Marketing API Rate Limiting, read 2026-09. */
const THROTTLED_MS = [60_000, 120_000, 240_000, 300_000]
/** A person has to fix a token or a permission. */
const PAUSED_MS = [15_000, 30_000, 60_000, 120_000, 240_000, 300_000]

/**
 * Before the n-th repeat: anything up to the doubled base, so that many clients do not come back at once.
 * Nothing bounds the number of repeats but the event's age.
 */
export function retryDelayMs(attempt: number, retry: ResolvedRetry, random: () => number): number {
  const ceiling = Math.min(retry.maxDelayMs, retry.baseDelayMs * 2 ** Math.min(attempt - 1, 30))
  return Math.max(Math.min(MIN_DELAY_MS, ceiling), ceiling * random())
}

/** For a throttled lane: what Meta asks, and up to a tenth more; never less. */
export function throttleDelayMs(
  attempt: number,
  statedMs: number | undefined,
  random: () => number,
): number {
  return (statedMs ?? step(THROTTLED_MS, attempt)) * (1 + random() / 10)
}

/** For a paused lane: how long until one request checks whether it was fixed. */
export function pauseDelayMs(attempt: number, random: () => number): number {
  return step(PAUSED_MS, attempt) * (1 + random() / 5)
}

function step(delaysMs: readonly number[], attempt: number): number {
  return delaysMs[Math.min(attempt, delaysMs.length) - 1] ?? 0
}
