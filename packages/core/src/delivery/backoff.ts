/** Waits double from one bound to the other, each drawn at random between half its ceiling and the whole. */
export interface RetryOptions {
  /** Longest wait before the first repeat, milliseconds; it doubles with each. Default 1,000. */
  readonly baseDelayMs?: number | undefined
  /**
   * Longest wait, milliseconds, from one small request to the next while Meta is away: so long after it is back, the first events reach it at
   * the latest. It shrinks as events pile up, to half with 4,000 waiting and to a sixth with 20,000 or a full outbox. Only a wait that the
   * answer states (`Retry-After`) is longer. Default 30,000.
   */
  readonly maxDelayMs?: number | undefined
}

export type ResolvedRetry = Required<{ readonly [K in keyof RetryOptions]: number }>

/** With so many events waiting, a lane waits half as long; with more, shorter still … */
const HALVING_EVENTS = 4_000
/** … to here: what the default outbox holds. */
const FULL_EVENTS = 20_000
/** What Meta blocks for when it throttles without saying how long. Source: Marketing API Rate Limiting, read 2026-09. */
const THROTTLED_MS = [60_000, 120_000, 240_000, 300_000]
/** An `accessToken` function that failed is called again so often, after 1, 2 and 4 s, before that is taken for no bad moment any more. */
export const TOKEN_TRIES = 3
/** A person has to fix a token or a permission. */
const PAUSED_MS = [15_000, 30_000, 60_000, 120_000, 240_000, 300_000]

/**
 * Before the n-th repeat: the upper half up to the doubled base, so that many clients do not come back at once. A draw from all of it
 * would send a third more requests, and more of them in the first second after an outage.
 * Nothing bounds the number of repeats but the event's age.
 */
export function retryDelayMs(attempt: number, retry: ResolvedRetry, random: () => number): number {
  return ceilingMs(attempt, retry) * upperHalf(random)
}

/**
 * For a lane that Meta does not answer, the same, as a function of how many events wait: the fuller the outbox, the sooner one request
 * may show that Meta is back. An outage that fills half an outbox must not end with a wait that fills the rest.
 */
export function probeDelay(
  attempt: number,
  retry: ResolvedRetry,
  random: () => number,
): (waiting: number) => number {
  const share = upperHalf(random)
  return (waiting) => {
    const hurried = retry.maxDelayMs / (1 + Math.min(waiting, FULL_EVENTS) / HALVING_EVENTS)
    return share * Math.min(ceilingMs(attempt, retry), hurried)
  }
}

function ceilingMs(attempt: number, { baseDelayMs, maxDelayMs }: ResolvedRetry): number {
  return Math.min(maxDelayMs, baseDelayMs * 2 ** Math.min(attempt - 1, 30))
}

function upperHalf(random: () => number): number {
  return (1 + random()) / 2
}

/** For a throttled lane: what Meta asks, and up to a tenth more; never less. */
export function throttleDelayMs(
  attempt: number,
  statedMs: number | undefined,
  random: () => number,
): number {
  return (statedMs ?? step(THROTTLED_MS, attempt)) * (1 + random() / 10)
}

/** For a lane whose token could not be had, for the first time or so. */
export function tokenDelayMs(attempt: number, random: () => number): number {
  return 1_000 * 2 ** (attempt - 1) * (1 + random() / 10)
}

/** For a paused lane: how long until one request checks whether it was fixed. */
export function pauseDelayMs(attempt: number, random: () => number): number {
  return step(PAUSED_MS, attempt) * (1 + random() / 5)
}

function step(delaysMs: readonly number[], attempt: number): number {
  return delaysMs[Math.min(attempt, delaysMs.length) - 1] ?? 0
}
