/** Where a moment stands on a line of so many pixels. */
export interface TimeScale {
  readonly fromMs: number
  readonly toMs: number
  readonly width: number
  readonly x: (ms: number) => number
}

/** A moment alone gets a second around it. */
export function timeScale(fromMs: number, toMs: number, width: number): TimeScale {
  const spanMs = Math.max(1000, toMs - fromMs)
  const startMs = toMs - spanMs
  return {
    fromMs: startMs,
    toMs,
    width,
    x: (ms) => (Math.min(spanMs, Math.max(0, ms - startMs)) / spanMs) * width,
  }
}

export interface Tick {
  readonly x: number
  readonly ms: number
  readonly label: string
}

const SECOND = 1000
export const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** Steps that people count in. */
export const STEPS: readonly number[] = [
  ...[1, 2, 5, 10, 15, 30].map((count) => count * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * MINUTE),
  ...[1, 2, 3, 6, 12].map((count) => count * HOUR),
  ...[1, 2, 7, 14, 28, 91, 182, 364].map((count) => count * DAY),
]

const LEAST_GAP = 80

/** Round moments, in the zone that is so many minutes from UTC, and far enough apart for their labels. */
export function timeTicks({ fromMs, toMs, width, x }: TimeScale, zoneMin: number): readonly Tick[] {
  const most = Math.floor(width / LEAST_GAP) + 1
  const gapMs = ((toMs - fromMs) / width) * LEAST_GAP
  const step = STEPS.find((one) => one >= gapMs) ?? STEPS.at(-1) ?? DAY
  const zoneMs = zoneMin * MINUTE
  const first = Math.ceil((fromMs + zoneMs) / step) * step - zoneMs
  const count = Math.min(most, Math.floor((toMs - first) / step) + 1)
  return Array.from({ length: Math.max(0, count) }, (_, index) => {
    const ms = first + index * step
    return { x: x(ms), ms, label: labelOf(ms + zoneMs, step) }
  })
}

/** Midnight is the day that begins. */
function labelOf(localMs: number, step: number): string {
  const iso = new Date(localMs).toISOString()
  if (localMs % DAY === 0) return iso.slice(5, 10)
  return iso.slice(11, step >= MINUTE ? 16 : 19)
}
