/** What came of the tests of a package, or of all. */
export interface Counts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

/** What a run takes of a package's tests: what is quick, or `*.slow.test.ts`: crashes, browsers, other runtimes. */
export type Pace = 'quick' | 'slow'

export const pace = (): Pace => (process.env['CAPI_TESTS'] === 'slow' ? 'slow' : 'quick')

/** Where a run leaves its counts, from the package's folder. */
export const countsFile = (of: Pace): string => `.vitest/${of}/counts.json`

export const closingLine = ({ passed, failed, skipped }: Counts): string =>
  `${passed} passed, ${failed} failed, ${skipped} skipped`

export const sum = (all: readonly Counts[]): Counts => ({
  passed: all.reduce((total, one) => total + one.passed, 0),
  failed: all.reduce((total, one) => total + one.failed, 0),
  skipped: all.reduce((total, one) => total + one.skipped, 0),
})
