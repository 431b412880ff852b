import type { CapturedEvent, EventIssue } from '../store/captured-event.ts'
import { isTaken } from './dedup-keys.ts'
import { DIAGNOSTICS, type DiagnosticId, type DiagnosticText } from './diagnostic-catalog.ts'
import { percent } from './estimate.ts'
import { nearMisses } from './near-misses.ts'
import { unpaired } from './pairs.ts'
import { pathInEvent } from './path-in-event.ts'
import { personFacts } from './person-facts.ts'
import { groupByName } from './quality.ts'
import type { Diagnostic, Severity } from './report.ts'
import type { Hit, ReportRule } from './report-rule.ts'
import { MONEY_RULES } from './report-rules/money-rules.ts'
import { PAIRING_RULES } from './report-rules/pairing-rules.ts'
import { QUALITY_RULES } from './report-rules/quality-rules.ts'
import { TRAFFIC_RULES } from './report-rules/traffic-rules.ts'
import { each, type Steps } from './steps.ts'

const REPORT_RULES: readonly ReportRule[] = [
  ...MONEY_RULES,
  ...PAIRING_RULES,
  ...QUALITY_RULES,
  ...TRAFFIC_RULES,
]

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
export function* diagnosticsReport(events: readonly CapturedEvent[]): Steps<readonly Diagnostic[]> {
  const refused = refusals(events)
  yield
  const ofOne = ofSingleEvents(events)
  yield
  const ofAll = yield* ofAllEvents(events)
  return withIds([...refused, ...ofOne, ...ofAll]).toSorted(
    (a, b) => ORDER[a.severity] - ORDER[b.severity],
  )
}

export function ofSeverity(
  found: readonly Diagnostic[],
  { severity }: Pick<DiagnosticFilter, 'severity'>,
): readonly Diagnostic[] {
  return severity === undefined ? found : found.filter((one) => one.severity === severity)
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
    const total = likeThese(affected, events)
    return build(rule, text, { affected, total, paths: paths.map(pathInEvent) })
  })
}

/** How many events could have had it: a purchase is one of so many purchases, not of all page views too. */
function likeThese(affected: readonly CapturedEvent[], events: readonly CapturedEvent[]): number {
  const kinds = new Set(affected.map(kindOf))
  return events.filter((event) => kinds.has(kindOf(event))).length
}

function kindOf({ source, event_name }: CapturedEvent): string {
  return `${source} ${event_name}`
}

/** Rules find one thing for each event name or reason; a name that cannot be shown gets a number. */
function withIds(found: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Map<string, number>()
  return found.map((one) => {
    const nth = (seen.get(one.id) ?? 0) + 1
    seen.set(one.id, nth)
    return nth === 1 ? one : { ...one, id: `${one.id}~${nth}` }
  })
}

function ofSingleEvents(events: readonly CapturedEvent[]): readonly Diagnostic[] {
  const taken = events.filter(isTaken)
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
    const total = likeThese(affected, taken)
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

function* ofAllEvents(events: readonly CapturedEvent[]): Steps<readonly Diagnostic[]> {
  const taken = events.filter(isTaken)
  yield* each(taken, personFacts)
  const view = {
    taken,
    browser: taken.filter(({ source }) => source === 'browser'),
    server: taken.filter(({ source }) => source === 'server'),
    groups: groupByName(taken),
    byId: new Map(taken.map((event) => [event.id, event])),
    nearMisses: yield* nearMisses(unpaired(taken)),
  }
  const found: Diagnostic[] = []
  for (const { rule, check } of REPORT_RULES) {
    yield
    const hits = check(view)
    for (const hit of 'next' in hits ? yield* hits : hits)
      found.push(build(rule, DIAGNOSTICS[rule], hit))
  }
  return found
}

function isKnown(rule: string): rule is DiagnosticId {
  return Object.hasOwn(DIAGNOSTICS, rule)
}

function build(rule: string, text: DiagnosticText, hit: Hit): Diagnostic {
  const { affected, total, paths, description, solution, about, severity } = hit
  const ids = affected.map(({ id }) => id)
  return {
    id: about === undefined ? rule : `${rule}:${about}`,
    rule,
    severity: severity ?? text.severity,
    name: text.name,
    description: description ?? text.description,
    solution: solution ?? text.solution,
    percentage: shareOf(affected.length, total),
    affected_event_count: affected.length,
    total_event_count: total,
    paths: [...new Set(paths)],
    sample_event_ids: ids.slice(0, SAMPLES),
    affected_event_ids: ids,
  }
}

/** One digit is kept of a share that would round to nothing. */
function shareOf(part: number, whole: number): number {
  const share = percent(part, whole)
  return share === 0 && part > 0 ? Number(((100 * part) / whole).toPrecision(1)) : share
}
