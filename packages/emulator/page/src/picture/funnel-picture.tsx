import type { JSX } from 'preact'
import { useMemo } from 'preact/hooks'
import {
  type Funnel,
  funnelFilter,
  funnelParts,
  funnelsOf,
  OUTCOMES,
  type Outcome,
} from '../model/picture/funnel.ts'
import { formatRoute } from '../model/route.ts'
import { events, halfOf, nearMissOf } from '../state/events.ts'
import { useSteady } from '../ui/use-steady.ts'
import { useWidth } from '../ui/use-width.ts'

const NAMES: Readonly<Record<Outcome, string>> = {
  once: 'counted once',
  server: 'server only',
  browser: 'browser only',
  twice: 'counted twice',
  refused: 'refused',
}
const HEIGHT = 26
const MAX_ROWS = 12

/** For each event name, what became of its events. Each part leads to the events it stands for. */
export function FunnelPicture(): JSX.Element | null {
  const [list, width] = useWidth<HTMLUListElement>()
  const kept = useSteady(events.value)
  const misses = nearMissOf.value
  const all = useMemo(() => funnelsOf(kept, halfOf), [kept, misses])
  if (all.length === 0) return null
  const shown = all.slice(0, MAX_ROWS)
  return (
    <section class="funnel" aria-labelledby="funnel">
      <h2 id="funnel">What became of the events</h2>
      <ul class="legend">
        {OUTCOMES.map((outcome) => (
          <li key={outcome} class={outcome}>
            {NAMES[outcome]}
          </li>
        ))}
      </ul>
      <ul ref={list}>
        {shown.map((funnel) => (
          <li key={funnel.event_name}>
            <p class="funnel-name">
              <span>{funnel.event_name || 'no event_name'}</span>
              <span class="quiet numbers">{funnel.total.toLocaleString('en')}</span>
            </p>
            {width > 0 && <FunnelBar funnel={funnel} width={width} />}
          </li>
        ))}
      </ul>
      {all.length > shown.length && (
        <p class="quiet">and {all.length - shown.length} more names, each with fewer events</p>
      )}
    </section>
  )
}

function FunnelBar({
  funnel,
  width,
}: {
  readonly funnel: Funnel
  readonly width: number
}): JSX.Element {
  return (
    <svg
      class="funnel-bar"
      width={width}
      height={HEIGHT}
      role="group"
      aria-label={funnel.event_name}
    >
      {funnelParts(funnel, width).map(({ outcome, count, x, width: size }) => (
        <a
          key={outcome}
          class={outcome}
          href={formatRoute({
            tab: 'events',
            params: { q: funnelFilter(funnel.event_name, outcome) },
          })}
          aria-label={`${funnel.event_name}: ${count.toLocaleString('en')} ${NAMES[outcome]}`}
        >
          <title>
            {count.toLocaleString('en')} {NAMES[outcome]}
          </title>
          <rect x={x} width={Math.max(0, size - 1)} height={HEIGHT} />
          {size >= 12 + 8 * String(count).length && (
            <text x={x + size / 2} y={HEIGHT / 2}>
              {count.toLocaleString('en')}
            </text>
          )}
        </a>
      ))}
    </svg>
  )
}
