import type { Diagnostic } from '../../../src/analysis/report.ts'

/** A diagnostic, from an emulator that names each finding and all its events or from an older one. */
type Found = Diagnostic & {
  readonly id?: string
  readonly affected_event_ids?: readonly number[]
}

/** One rule may find several things, such as one for each event name: each has an id of its own. */
export function findingId({ id, rule }: Found): string {
  return id ?? rule
}

/** By rule and by id, in small letters: the events that are affected. */
export function affectedEvents(
  diagnostics: readonly Found[],
): ReadonlyMap<string, ReadonlySet<number>> {
  const found = new Map<string, Set<number>>()
  for (const diagnostic of diagnostics) {
    const { rule, affected_event_ids, sample_event_ids } = diagnostic
    for (const name of new Set([rule, findingId(diagnostic).toLowerCase()])) {
      const affected = found.get(name) ?? new Set<number>()
      for (const event of affected_event_ids ?? sample_event_ids) affected.add(event)
      found.set(name, affected)
    }
  }
  return found
}
