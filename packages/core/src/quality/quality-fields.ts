/** What is asked for: a name and what of it, in Graph's field expansion. Empty: all there is. */
export interface FieldTree {
  readonly [name: string]: FieldTree
}

const ALL: FieldTree = {}
const PERCENTAGE: FieldTree = { percentage: ALL }

/**
 * All that is read. Meta's table of fields spells `dedup_key_feedback`; Graph answers `dedupe_key_feedback`.
 * Sources: Meta, Dataset Quality API, and of the spelling public projects, read 2026-11.
 */
export const EVERYTHING: FieldTree = {
  web: {
    event_name: ALL,
    event_match_quality: {
      composite_score: ALL,
      match_key_feedback: {
        identifier: ALL,
        coverage: PERCENTAGE,
        potential_aly_acr_increase: PERCENTAGE,
      },
      diagnostics: ALL,
    },
    event_coverage: { percentage: ALL, goal_percentage: ALL },
    dedupe_key_feedback: {
      dedupe_key: ALL,
      browser_events_with_dedupe_key: PERCENTAGE,
      server_events_with_dedupe_key: PERCENTAGE,
      overall_browser_coverage_from_dedupe_key: PERCENTAGE,
    },
    data_freshness: { upload_frequency: ALL },
    acr: PERCENTAGE,
  },
  offline: { event_name: ALL, composite: ALL, match_key: ALL, frequency: ALL, freshness: ALL },
}

/** What every version has answered so far. */
export const LEAST: FieldTree = {
  web: {
    event_name: ALL,
    event_match_quality: {
      composite_score: ALL,
      match_key_feedback: { identifier: ALL, coverage: PERCENTAGE },
    },
  },
}

/** `web{event_name,acr{percentage}}`. */
export function fieldsText(tree: FieldTree): string {
  return Object.entries(tree)
    .map(([name, inner]) => (Object.keys(inner).length ? `${name}{${fieldsText(inner)}}` : name))
    .join(',')
}

/** Without the fields of this name, wherever they stand, and without what is empty then. */
export function withoutField(tree: FieldTree, unwanted: string): FieldTree {
  return Object.fromEntries(
    Object.entries(tree).flatMap(([name, inner]) => {
      if (name === unwanted) return []
      const rest = withoutField(inner, unwanted)
      const isEmptied = Object.keys(inner).length > 0 && Object.keys(rest).length === 0
      return isEmptied ? [] : [[name, rest]]
    }),
  )
}

/** Paths of what the first has and the second lacks, the highest alone: `web.acr`, not `web.acr.percentage` too. */
export function missingFrom(tree: FieldTree, asked: FieldTree, prefix = ''): readonly string[] {
  return Object.entries(tree).flatMap(([name, inner]) => {
    const rest = asked[name]
    return rest === undefined ? [prefix + name] : missingFrom(inner, rest, `${prefix}${name}.`)
  })
}
