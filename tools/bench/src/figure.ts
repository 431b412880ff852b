import type { Builds } from './baseline.ts'

/** One row of the table. */
export interface Figure {
  /** What is measured, with its unit. */
  readonly name: string
  /** Absent where the earlier build has no such thing. */
  readonly today?: number | undefined
  readonly now: number
  /** Either bound decides whether the target is met. */
  readonly atLeast?: number
  readonly atMost?: number
  /** What keeps the figure from being better, for the page that shows it. */
  readonly bound: string
}

/** One measurement: it gives one or more rows. */
export interface Measurement {
  readonly title: string
  readonly measure: (builds: Builds) => Promise<readonly Figure[]>
}

export function isMet({ now, atLeast, atMost }: Figure): boolean {
  return now >= (atLeast ?? Number.NEGATIVE_INFINITY) && now <= (atMost ?? Number.POSITIVE_INFINITY)
}

export function target({ atLeast, atMost }: Figure): string {
  if (atLeast !== undefined) return `≥ ${atLeast}`
  return atMost === undefined ? '' : `≤ ${atMost}`
}
