import type { JSX } from 'preact'
import type { Freshness } from '../../../src/analysis/report.ts'
import { Bar } from '../ui/bar.tsx'

const RANGES = ['< 1 min', '< 1 h', '< 1 day', '< 1 week', 'more'] as const

/** How many events came how long after they happened. */
export function FreshnessChart({ histogram }: Pick<Freshness, 'histogram'>): JSX.Element {
  const total = Math.max(
    1,
    histogram.reduce((sum, count) => sum + count, 0),
  )
  return (
    <ul class="key-bars short">
      {RANGES.map((range, index) => {
        const count = histogram[index] ?? 0
        return (
          <li key={range}>
            <span class="quiet">{range}</span>
            <Bar
              label={`Received ${range}`}
              percent={(count / total) * 100}
              text={count.toLocaleString('en')}
            />
          </li>
        )
      })}
    </ul>
  )
}
