import type { CapturedEvent } from '../store/captured-event.ts'
import { diagnosticsReport } from './diagnostics.ts'
import { pairsReport } from './pairs.ts'
import { qualityReport } from './quality.ts'
import { atOnce, inSlices, type Steps } from './steps.ts'

const REPORTS = { pairs: pairsReport, quality: qualityReport, diagnostics: diagnosticsReport }

type Kind = keyof typeof REPORTS
type Result<K extends Kind> = ReturnType<(typeof REPORTS)[K]> extends Steps<infer T> ? T : never

/** The events that reports are made of. */
export interface ReportSource {
  /** Those of one dataset, or all. */
  readonly list: (filter: { readonly pixel_id?: string | undefined }) => readonly CapturedEvent[]
  /** Changes with every event. */
  readonly version: () => number
  /** When every event is judged. */
  readonly settled: () => Promise<void>
}

/** Reports, made when somebody reads them and remembered until an event comes. */
export interface Reports {
  readonly now: <K extends Kind>(kind: K, dataset?: string) => Result<K>
  /** The same without blocking others for longer than some milliseconds. */
  readonly soon: <K extends Kind>(kind: K, dataset?: string) => Promise<Result<K>>
}

interface Remembered {
  readonly version: number
  readonly report: unknown
}

export function createReports({ list, version, settled }: ReportSource): Reports {
  const known = new Map<string, Remembered>()
  const underWay = new Map<
    string,
    { readonly version: number; readonly report: Promise<unknown> }
  >()

  const remember = (name: string, made: Remembered) => {
    // One of an earlier version can be of no more use.
    for (const [other, { version: old }] of known) if (old !== made.version) known.delete(other)
    known.set(name, made)
  }
  const stepsOf = (kind: Kind, dataset: string | undefined): Steps<unknown> =>
    REPORTS[kind](list({ pixel_id: dataset }))

  const now = (kind: Kind, dataset?: string): unknown => {
    const name = `${kind} ${dataset ?? ''}`
    const remembered = known.get(name)
    if (remembered?.version === version()) return remembered.report
    const made = { version: version(), report: atOnce(stepsOf(kind, dataset)) }
    remember(name, made)
    return made.report
  }

  const soon = async (kind: Kind, dataset?: string): Promise<unknown> => {
    await settled()
    const name = `${kind} ${dataset ?? ''}`
    const current = version()
    const remembered = known.get(name)
    if (remembered?.version === current) return remembered.report
    const going = underWay.get(name)
    if (going?.version === current) return going.report
    const report = inSlices(stepsOf(kind, dataset))
    const started = { version: current, report }
    underWay.set(name, started)
    try {
      const made = await report
      if (version() === current) remember(name, { version: current, report: made })
      return made
    } finally {
      if (underWay.get(name) === started) underWay.delete(name)
    }
  }

  return { now, soon } as Reports
}
