/** What came of the tests of a package, or of all. */
export interface Counts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

/** Where a run leaves its counts, from the package's folder. */
export const countsFile = '.vitest/counts.json'

export const closingLine = ({ passed, failed, skipped }: Counts): string =>
  `${passed} passed, ${failed} failed, ${skipped} skipped`

export const sum = (all: readonly Counts[]): Counts => ({
  passed: all.reduce((total, one) => total + one.passed, 0),
  failed: all.reduce((total, one) => total + one.failed, 0),
  skipped: all.reduce((total, one) => total + one.skipped, 0),
})
