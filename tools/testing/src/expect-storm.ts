import { expect } from 'vitest'
import type { StormReport } from './storm-report.ts'

/** Nothing is lost but with the memory of a shop that was killed, and each event is counted once. */
export function expectNothingLost(report: StormReport, kills: number): void {
  const { ids, durable, dropped, lostDurable, lostHeld, lostWithShop, twice, sums } = report
  if (process.env['CAPI_KILLS'] !== undefined) process.stderr.write(`${JSON.stringify(report)}\n`)
  expect({ dropped, lostDurable, lostHeld, twice }).toEqual({
    dropped: {},
    lostDurable: [],
    lostHeld: [],
    twice: [],
  })
  expect(durable).toBeGreaterThan(50)
  expect(report.arrived + report.waiting).toBeGreaterThanOrEqual(ids - lostWithShop)
  if (kills === 0) expect(sums).toEqual({ tracked: 0, delivered: 0 })
}
