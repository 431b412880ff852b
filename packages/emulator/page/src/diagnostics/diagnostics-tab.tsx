import type { JSX } from 'preact'
import type { Diagnostic, Severity } from '../../../src/analysis/report.ts'
import { findingId } from '../model/affected.ts'
import { formatPercent, plural } from '../model/format.ts'
import { formatTerm } from '../model/parse-filter.ts'
import { formatRoute } from '../model/route.ts'
import { cursor } from '../state/list-cursor.ts'
import { diagnostics } from '../state/reports.ts'
import { hrefWith, route, setParams } from '../state/route.ts'
import { SeverityBadge } from '../ui/badges.tsx'
import { Bar } from '../ui/bar.tsx'
import { Empty } from '../ui/empty.tsx'
import { Icon } from '../ui/icon.tsx'
import { ReportView } from '../ui/report-view.tsx'
import { SplitView } from '../ui/split-view.tsx'
import { useWalkable } from '../ui/use-walkable.ts'

export function DiagnosticsTab(): JSX.Element {
  return (
    <ReportView report={diagnostics.value}>
      {(data) => <Diagnostics all={data.diagnostics} />}
    </ReportView>
  )
}

const ORDER: Readonly<Record<Severity, number>> = { high: 0, medium: 1, low: 2 }

function Diagnostics({ all }: { readonly all: readonly Diagnostic[] }): JSX.Element {
  const sorted = [...all].sort(
    (one, other) =>
      ORDER[one.severity] - ORDER[other.severity] ||
      other.affected_event_count - one.affected_event_count,
  )
  const ids = sorted.map(findingId)
  useWalkable('rule', ids)
  const selectedId = route.value.params['rule']
  const selected = selectedId === undefined ? undefined : sorted[ids.indexOf(selectedId)]
  if (sorted.length === 0) {
    return (
      <Empty title="Nothing to report">
        <p>
          No kept event shows a problem. What Events Manager would list under Diagnostics appears
          here within a second.
        </p>
      </Empty>
    )
  }
  return (
    <SplitView
      list={
        <div class="scroller plain-list">
          {sorted.map((diagnostic, index) => (
            <Row
              key={ids[index]}
              id={ids[index] ?? ''}
              diagnostic={diagnostic}
              isSelected={ids[index] === selectedId}
            />
          ))}
        </div>
      }
      detail={selected && <Detail diagnostic={selected} />}
      detailKey={selectedId}
      detailLabel="Diagnostic"
      onClose={() => setParams({ rule: '' }, { replace: true })}
    />
  )
}

interface RowProps {
  readonly id: string
  readonly diagnostic: Diagnostic
  readonly isSelected: boolean
}

function Row({ id, diagnostic, isSelected }: RowProps): JSX.Element {
  const { severity, name, description, percentage } = diagnostic
  const { affected_event_count, total_event_count } = diagnostic
  return (
    <div
      class={`list-row diagnostic${isSelected ? ' selected' : ''}${cursor.value === id ? ' cursor' : ''}`}
    >
      <SeverityBadge severity={severity} />
      <a href={hrefWith({ rule: id })} data-row={id} aria-current={isSelected ? 'true' : undefined}>
        {name}
      </a>
      <a class="quiet numbers" href={affectedHref(diagnostic)}>
        {`${affected_event_count.toLocaleString('en')} of ${total_event_count.toLocaleString('en')} (${formatPercent(percentage)})`}
      </a>
      <p class="quiet description clip">{description}</p>
    </div>
  )
}

function Detail({ diagnostic }: { readonly diagnostic: Diagnostic }): JSX.Element {
  const { rule, severity, name, description, solution, percentage, paths, sample_event_ids } =
    diagnostic
  const { affected_event_count, total_event_count } = diagnostic
  return (
    <article class="detail">
      <header class="detail-head">
        <h2>{name}</h2>
        <div class="detail-badges">
          <SeverityBadge severity={severity} />
          <span class="quiet">
            rule <code>{rule}</code>
          </span>
        </div>
      </header>
      <p>{description}</p>
      <p class="verdict good">
        <Icon name="check" />
        <span>{solution}</span>
      </p>
      <section class="block">
        <h3>Affected events</h3>
        <Bar
          label="Affected events"
          percent={percentage}
          tone={severity === 'high' ? 'bad' : 'warn'}
          text={`${affected_event_count} of ${total_event_count}`}
        />
        <p class="button-row samples">
          {sample_event_ids.map((id) => (
            <a
              key={id}
              class="button"
              href={formatRoute({ tab: 'events', params: { event: String(id) } })}
            >
              #{id}
            </a>
          ))}
          <a class="button" href={affectedHref(diagnostic)}>
            All {plural(affected_event_count, 'affected event')}
          </a>
        </p>
      </section>
      {paths.length > 0 && (
        <section class="block">
          <h3>Where</h3>
          <ul class="paths">
            {paths.map((path) => (
              <li key={path}>
                <code>{path}</code>
              </li>
            ))}
          </ul>
        </section>
      )}
    </article>
  )
}

/** The list of all events that it affects. */
function affectedHref(diagnostic: Diagnostic): string {
  const q = formatTerm({ key: 'finding', value: findingId(diagnostic), isNegated: false })
  return formatRoute({ tab: 'events', params: { q } })
}
