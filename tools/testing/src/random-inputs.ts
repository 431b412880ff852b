import fc from 'fast-check'

/**
 * A set-up file of Vitest: what fast-check makes up is the same in every run, so that a change is judged by itself and
 * not by luck. `CAPI_RUNS=5000` looks further: that many inputs, other ones each time, where a test names no number.
 */
const runs = process.env['CAPI_RUNS']
fc.configureGlobal(runs === undefined ? { seed: 1 } : { numRuns: Number(runs) })
