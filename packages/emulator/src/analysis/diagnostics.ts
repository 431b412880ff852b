import type { CapturedEvent, EventIssue } from '../store/captured-event.ts'
import { isTaken } from './dedup-keys.ts'
import { DIAGNOSTICS, type DiagnosticId, type DiagnosticText } from './diagnostic-catalog.ts'
import { percent } from './estimate.ts'
import { groupByName } from './quality.ts'
import type { Diagnostic, Severity } from './report.ts'
import type { Hit, ReportRule } from './report-rule.ts'
import { PAIRING_RULES } from './report-rules/pairing-rules.ts'
import { QUALITY_RULES } from './report-rules/quality-rules.ts'
import { TRAFFIC_RULES } from './report-rules/traffic-rules.ts'

const REPORT_RULES: readonly ReportRule[] = [...PAIRING_RULES, ...QUALITY_RULES, ...TRAFFIC_RULES]

const ORDER: Readonly<Record<Severity, number>> = { high: 0, medium: 1, low: 2 }

const SAMPLES = 5

/** Worn by good events of a refused batch: their error is another's. */
const BYSTANDER = 'batch_refused'

/** Which diagnostics; all of them when nothing is given. */
export interface DiagnosticFilter {
  /** Those of this severity alone. */
  readonly severity?: Severity | undefined
  /** Those of this dataset alone. */
  readonly pixel_id?: string | undefined
}

/** Every problem of the kept events, the gravest first. Names keys and paths, never values. */
export function diagnosticsReport(
  events: readonly CapturedEvent[],
  { severity }: Pick<DiagnosticFilter, 'severity'> = {},
): readonly Diagnostic[] {
  return [...refusals(events), ...ofSingleEvents(events), ...ofAllEvents(events)]
    .filter((one) => severity === undefined || one.severity === severity)
    .sort((a, b) => ORDER[a.severity] - ORDER[b.severity])
}

/** What Meta refuses is lost with its whole call. */
function refusals(events: readonly CapturedEvent[]): readonly Diagnostic[] {
  const byRule = new Map<string, CapturedEvent[]>()
  for (const event of events) {
    if (event.error === undefined || event.error.rule === BYSTANDER) continue
    const affected = byRule.get(event.error.rule)
    if (affected) affected.push(event)
    else byRule.set(event.error.rule, [event])
  }
  return [...byRule].map(([rule, affected]) => {
    const { title = rule, fix = '' } = affected[0]?.error ?? {}
    const text = {
      severity: 'high',
      name: title,
      description: 'Meta would refuse the whole call for this.',
      solution: fix,
    } as const
    const paths = affected.flatMap(({ error }) => (error?.path === undefined ? [] : [error.path]))
    return build(rule, text, { affected, total: events.length, paths: paths.map(withoutIndex) })
  })
}

/** `$['data'][17]['user_data']['em']` and its like become `user_data.em`. */
function withoutIndex(path: string): string {
  const keys = [...path.matchAll(/\['([^']+)'\]/g)].map(([, key]) => key)
  return keys.length > 1 ? keys.slice(1).join('.') : path
}

function ofSingleEvents(events: readonly CapturedEvent[]): readonly Diagnostic[] {
  const taken = events.filter(isTaken)
  const bySource = {
    browser: taken.filter(({ source }) => source === 'browser').length,
    server: taken.filter(({ source }) => source === 'server').length,
  }
  const found = new Map<string, { affected: CapturedEvent[]; issues: EventIssue[] }>()
  for (const event of taken) {
    for (const issue of event.issues ?? []) {
      const one = found.get(issue.rule) ?? { affected: [], issues: [] }
      if (one.affected.at(-1) !== event) one.affected.push(event)
      one.issues.push(issue)
      found.set(issue.rule, one)
    }
  }
  return [...found].flatMap(([rule, { affected, issues }]) => {
    if (!isKnown(rule)) return []
    const sources = new Set(affected.map(({ source }) => source))
    const total = [...sources].reduce((sum, source) => sum + bySource[source], 0)
    const paths = issues.flatMap(({ path }) => path ?? [])
    const titles = [...new Set(issues.map(({ title }) => title))]
    const fixes = [...new Set(issues.map(({ fix }) => fix))]
    return [
      build(rule, DIAGNOSTICS[rule], {
        affected,
        total,
        paths,
        description: `${DIAGNOSTICS[rule].description} Found: ${titles.join('; ').toLowerCase()}.`,
        solution: fixes.join(' '),
      }),
    ]
  })
}

function ofAllEvents(events: readonly CapturedEvent[]): readonly Diagnostic[] {
  const taken = events.filter(isTaken)
  const view = {
    taken,
    browser: taken.filter(({ source }) => source === 'browser'),
    server: taken.filter(({ source }) => source === 'server'),
    groups: groupByName(taken),
    byId: new Map(taken.map((event) => [event.id, event])),
  }
  return REPORT_RULES.flatMap(({ rule, check }) =>
    check(view).map((hit) => build(rule, DIAGNOSTICS[rule], hit)),
  )
}

function isKnown(rule: string): rule is DiagnosticId {
  return Object.hasOwn(DIAGNOSTICS, rule)
}

function build(rule: string, text: DiagnosticText, hit: Hit): Diagnostic {
  const { affected, total, paths, description, solution } = hit
  return {
    rule,
    severity: text.severity,
    name: text.name,
    description: description ?? text.description,
    solution: solution ?? text.solution,
    percentage: percent(affected.length, total),
    affected_event_count: affected.length,
    total_event_count: total,
    paths: [...new Set(paths)],
    sample_event_ids: affected.slice(0, SAMPLES).map(({ id }) => id),
  }
}
