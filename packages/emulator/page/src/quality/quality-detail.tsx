import type { JSX } from 'preact'
import type { EventQuality, MatchQualityEstimate } from '../../../src/analysis/report.ts'
import { customerLabel } from '../model/customer-findings.ts'
import { formatDuration } from '../model/format.ts'
import { formatRoute } from '../model/route.ts'
import { Bar } from '../ui/bar.tsx'
import { FreshnessChart } from './freshness-chart.tsx'

type Band = MatchQualityEstimate['band']

export const BAND_NAMES: Readonly<Record<Band, string>> = {
  poor: 'Poor',
  ok: 'OK',
  good: 'Good',
  great: 'Great',
}

export function toneOf(band: Band): 'bad' | 'warn' | 'good' {
  if (band === 'poor') return 'bad'
  return band === 'ok' ? 'warn' : 'good'
}

export function QualityDetail({ entry }: { readonly entry: EventQuality }): JSX.Element {
  const { event_name, match_quality_estimate: estimate, event_coverage: coverage } = entry
  const most = Math.max(0.1, ...estimate.keys.map(({ points }) => points))
  return (
    <article class="detail">
      <header class="detail-head">
        <h2>{event_name || 'no event_name'}</h2>
        {entry.events.server === 0 ? (
          <p class="quiet">No server events, so there is nothing to estimate.</p>
        ) : (
          <p class="score">
            <strong>{estimate.score.toFixed(1)}</strong> of 10, {BAND_NAMES[estimate.band]}
            <span class="quiet"> (estimate)</span>
          </p>
        )}
      </header>
      {estimate.next_best.length > 0 && (
        <section class="block">
          <h3>Would raise it</h3>
          <p class="button-row">
            {estimate.next_best.slice(0, 4).map(({ key, points }) => (
              <span key={key} class="gain">
                <code>{key}</code> +{points.toFixed(1)}
              </span>
            ))}
          </p>
        </section>
      )}
      <section class="block">
        <h3>Customer information</h3>
        {estimate.keys.length === 0 && <p class="quiet">No event carries any.</p>}
        <ul class="key-bars">
          {estimate.keys.map(({ key, coverage: share, valid, points }) => (
            <li key={key}>
              <span title={customerLabel(key)}>
                <code>{key}</code>
              </span>
              <Bar label={`Events with ${key}`} percent={share} text={`${Math.round(share)} %`} />
              <Bar
                label={`Points from ${key}`}
                percent={(points / most) * 100}
                tone="good"
                text={`+${points.toFixed(1)}`}
              />
              {valid < 100 && (
                <a
                  class="warn-text"
                  href={formatRoute({ tab: 'events', params: { q: `issue:${key}` } })}
                >
                  {Math.round(100 - valid)} % unusable
                </a>
              )}
            </li>
          ))}
        </ul>
      </section>
      <section class="block">
        <h3>
          Browser events that a server event covers
          {coverage && <span class="quiet light">, goal {coverage.goal_percentage} %</span>}
        </h3>
        {coverage ? (
          <Bar
            label="Coverage"
            percent={coverage.percentage}
            goal={coverage.goal_percentage}
            tone={coverage.percentage >= coverage.goal_percentage ? 'good' : 'warn'}
            text={`${Math.round(coverage.percentage)} %`}
          />
        ) : (
          <p class="quiet">No browser events.</p>
        )}
      </section>
      <section class="block">
        <h3>Freshness</h3>
        <p class="quiet">
          {FREQUENCIES[entry.freshness.upload_frequency]}, on average{' '}
          {formatDuration(entry.freshness.mean_delay_sec * 1000)} after the event.
        </p>
        <FreshnessChart histogram={entry.freshness.histogram} />
      </section>
    </article>
  )
}

const FREQUENCIES: Readonly<Record<EventQuality['freshness']['upload_frequency'], string>> = {
  real_time: 'Real time',
  hourly: 'Hourly',
  daily: 'Daily',
  weekly: 'Weekly',
}
