import type { JSX } from 'preact'
import type { MetaEventQuality, MetaQuality } from '../../../src/reports/meta-quality.ts'
import { Bar } from '../ui/bar.tsx'

/** When Meta's numbers were read, and those of events that did not come here. */
export function MetaNote({
  meta,
  shown,
}: {
  readonly meta: MetaQuality
  readonly shown: readonly string[]
}): JSX.Element {
  const others = meta.web.filter(({ event_name }) => !shown.includes(event_name))
  return (
    <p class="list-note quiet">
      Meta’s own numbers on dataset {meta.pixelId}, read at{' '}
      <time dateTime={new Date(meta.readAtMs).toISOString()}>
        {new Date(meta.readAtMs).toLocaleString('en')}
      </time>
      .{others.length > 0 && ` Not seen here: ${others.map(inWords).join(', ')}.`}
    </p>
  )
}

function inWords({ event_name, score, coverage }: MetaEventQuality): string {
  const share = coverage === undefined ? '' : `, coverage ${Math.round(coverage)} %`
  return `${event_name} ${score === undefined ? 'without a score' : score.toFixed(1)}${share}`
}

/** A line of a row: label and bar. */
export function MetaScore({ meta }: { readonly meta: MetaEventQuality }): JSX.Element {
  const { event_name, score, coverage } = meta
  const share = coverage === undefined ? '' : `, coverage ${Math.round(coverage)} %`
  return (
    <>
      <span class="quiet">Meta’s own</span>
      {score === undefined ? (
        <span class="quiet">no score yet{share}</span>
      ) : (
        <Bar
          label={`Match quality of ${event_name}, by Meta`}
          percent={score * 10}
          tone={score >= 6 ? 'good' : 'warn'}
          text={`${score.toFixed(1)}${share}`}
        />
      )}
    </>
  )
}
