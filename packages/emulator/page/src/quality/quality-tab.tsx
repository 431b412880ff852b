import type { JSX } from 'preact'
import type { EventQuality } from '../../../src/analysis/report.ts'
import type { MetaEventQuality } from '../../../src/reports/meta-quality.ts'
import { FunnelPicture } from '../picture/funnel-picture.tsx'
import { cursor } from '../state/list-cursor.ts'
import { type QualityReport, quality } from '../state/reports.ts'
import { hrefWith, route, setParams } from '../state/route.ts'
import { Bar } from '../ui/bar.tsx'
import { Empty } from '../ui/empty.tsx'
import { ReportView } from '../ui/report-view.tsx'
import { SplitView } from '../ui/split-view.tsx'
import { useWalkable } from '../ui/use-walkable.ts'
import { MetaNote, MetaScore } from './meta-numbers.tsx'
import { BAND_NAMES, QualityDetail, toneOf } from './quality-detail.tsx'

export function QualityTab(): JSX.Element {
  return <ReportView report={quality.value}>{(data) => <Quality report={data} />}</ReportView>
}

function Quality({ report }: { readonly report: QualityReport }): JSX.Element {
  const { meta } = report
  const all = [...report.quality].sort((one, other) => countOf(other) - countOf(one))
  useWalkable(
    'name',
    all.map(({ event_name }) => event_name),
  )
  const selectedName = route.value.params['name']
  const selected = all.find(({ event_name }) => event_name === selectedName)
  if (all.length === 0 && meta === undefined) {
    return (
      <Empty title="Nothing to measure yet">
        <p>
          For each event name: an estimate of how well its events can be matched, and how many have
          both halves.
        </p>
      </Empty>
    )
  }
  return (
    <SplitView
      list={
        <div class="scroller plain-list">
          <FunnelPicture />
          <p class="list-note quiet">
            Estimates by this emulator, from the keys sent. They are not Meta’s numbers, which also
            depend on accounts it finds.
          </p>
          {meta && <MetaNote meta={meta} shown={all.map(({ event_name }) => event_name)} />}
          {all.map((entry) => (
            <Row
              key={entry.event_name}
              entry={entry}
              meta={meta?.web.find(({ event_name }) => event_name === entry.event_name)}
              isSelected={entry === selected}
            />
          ))}
        </div>
      }
      detail={selected && <QualityDetail entry={selected} />}
      detailKey={selectedName}
      detailLabel="Quality"
      onClose={() => setParams({ name: '' }, { replace: true })}
    />
  )
}

function countOf({ events }: EventQuality): number {
  return events.server + events.browser
}

interface RowProps {
  readonly entry: EventQuality
  readonly meta: MetaEventQuality | undefined
  readonly isSelected: boolean
}

function Row({ entry, meta, isSelected }: RowProps): JSX.Element {
  const { event_name, events, match_quality_estimate: estimate, event_coverage: coverage } = entry
  const isCursor = cursor.value === event_name
  return (
    <div class={`list-row quality-row${isSelected ? ' selected' : ''}${isCursor ? ' cursor' : ''}`}>
      <p class="list-row-head">
        <a
          href={hrefWith({ name: event_name })}
          data-row={event_name}
          aria-current={isSelected ? 'true' : undefined}
        >
          {event_name || 'no event_name'}
        </a>
        <span class="quiet numbers">
          {events.server.toLocaleString('en')} server · {events.browser.toLocaleString('en')}{' '}
          browser
        </span>
      </p>
      <div class="quality-bars">
        <span class="quiet">Match quality</span>
        {events.server === 0 ? (
          <span class="quiet">no server events</span>
        ) : (
          <Bar
            label={`Match quality of ${event_name}, estimated`}
            percent={estimate.score * 10}
            tone={toneOf(estimate.band)}
            text={`${estimate.score.toFixed(1)} ${BAND_NAMES[estimate.band]}`}
          />
        )}
        {meta && <MetaScore meta={meta} />}
        <span class="quiet">Coverage</span>
        {coverage ? (
          <Bar
            label={`Coverage of ${event_name}`}
            percent={coverage.percentage}
            goal={coverage.goal_percentage}
            tone={coverage.percentage >= coverage.goal_percentage ? 'good' : 'warn'}
            text={`${Math.round(coverage.percentage)} %`}
          />
        ) : (
          <span class="quiet">no browser events</span>
        )}
      </div>
    </div>
  )
}
