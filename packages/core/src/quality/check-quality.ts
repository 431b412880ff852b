import { asFields } from '../field/fields.ts'
import { CapiConfigError } from '../issue/errors.ts'
import type { Quality } from './quality.ts'

/** What a dataset must reach. A gate that is not set is not checked. */
export interface QualityGates {
  /** Lowest event match quality, 0 to 10. */
  readonly minScore?: number | undefined
  /** Lowest share, in percent, of the Pixel's events that the server sent too. */
  readonly minCoverage?: number | undefined
  /** The web events that are checked, by name; each must have the numbers. Default: all that have them. */
  readonly events?: readonly string[] | undefined
}

/** A number that is too low, or that is not there though its event is named. */
export interface QualityFinding {
  /** What is wrong; `not_measured`: Meta has no number. */
  readonly code: 'score_low' | 'coverage_low' | 'not_measured'
  /** Which event. */
  readonly event_name: string
  /** Meta's number. Absent: Meta has none yet. */
  readonly actual?: number
  /** The gate. */
  readonly wanted: number
}

/**
 * What of the web events does not reach the gates; empty when all does. A number that Meta does not have is a finding only for
 * events that are named: scores come a day or two after the first events.
 * @throws CapiConfigError `config_invalid` for a gate that is no number in its range.
 * @example
 * const findings = checkQuality(await readQuality(options), { minScore: 6, minCoverage: 75, events: ['Purchase'] })
 */
export function checkQuality(quality: Quality, gates: QualityGates): readonly QualityFinding[] {
  const { minScore, minCoverage, events } = checked(gates)
  const rows = new Map(quality.web.map((row) => [row.event_name, row]))
  return (events ?? [...rows.keys()]).flatMap((event_name) => {
    const row = rows.get(event_name)
    const judge = (
      code: QualityFinding['code'],
      actual: number | undefined,
      wanted: number | undefined,
    ): readonly QualityFinding[] => {
      if (wanted === undefined) return []
      if (actual === undefined)
        return events === undefined ? [] : [{ code: 'not_measured', event_name, wanted }]
      return actual < wanted ? [{ code, event_name, actual, wanted }] : []
    }
    return [
      ...judge('score_low', row?.score, minScore),
      ...judge('coverage_low', row?.coverage?.percentage, minCoverage),
    ]
  })
}

function checked(gates: QualityGates): QualityGates {
  if (asFields(gates) === undefined) throw invalid('checkQuality takes gates as an object.')
  for (const [name, most] of [
    ['minScore', 10],
    ['minCoverage', 100],
  ] as const) {
    const gate: unknown = gates[name]
    const isFit = gate === undefined || (typeof gate === 'number' && gate >= 0 && gate <= most)
    if (!isFit) throw invalid(`Gate ${name} must be a number from 0 to ${most}.`)
  }
  if (gates.events !== undefined && !Array.isArray(gates.events))
    throw invalid('Gate events must be a list of names.')
  return gates
}

function invalid(message: string): CapiConfigError {
  return new CapiConfigError('config_invalid', message)
}
