import type { JSX } from 'preact'
import { useMemo } from 'preact/hooks'
import type { CapturedEvent } from '../../../src/store/captured-event.ts'
import { formatAbsolute, formatDuration, plural } from '../model/format.ts'
import {
  type Rate,
  type RateBar,
  type RatedCall,
  type RatePicture as Rates,
  ratePicture,
} from '../model/picture/rates.ts'
import { useSteady } from '../ui/use-steady.ts'
import { useWidth } from '../ui/use-width.ts'
import { TimeAxis } from './time-axis.tsx'

const NAMES: Readonly<Record<Rate, string>> = {
  events: 'Events/min',
  refused: 'Refusals',
  retry: 'Retries',
  age: 'Delivery age',
}
const ROW = 28
const LABEL = 84
const MOST = 92

interface RatePictureProps {
  readonly calls: readonly RatedCall[]
  /** Oldest first. */
  readonly events: readonly CapturedEvent[]
  /** Where a bar leads to. */
  readonly hrefOf: (rate: Rate, bar: RateBar) => string
}

/** Events a minute, refusals, retries and delivery age over time, a row of bars for each. */
export function RatePicture({ calls, events, hrefOf }: RatePictureProps): JSX.Element {
  const [box, width] = useWidth<HTMLDivElement>()
  const [kept, keptEvents] = [useSteady(calls), useSteady(events)]
  const picture = useMemo(
    () =>
      width > 0 &&
      kept.length > 0 &&
      ratePicture(kept, keptEvents, Math.max(1, width - LABEL - MOST)),
    [kept, keptEvents, width],
  )
  const drawing = useMemo(
    () => picture && <Drawing picture={picture} width={width} hrefOf={hrefOf} />,
    [picture, width, hrefOf],
  )
  return (
    <div class="calls-picture" ref={box}>
      {drawing}
    </div>
  )
}

interface DrawingProps extends Pick<RatePictureProps, 'hrefOf'> {
  readonly picture: Rates
  readonly width: number
}

function Drawing({ picture: { scale, stepMs, rows }, width, hrefOf }: DrawingProps): JSX.Element {
  const height = rows.length * ROW
  return (
    <svg
      width={width}
      height={height + 20}
      role="group"
      aria-labelledby="rates-title"
      aria-describedby="rates-text"
    >
      <title id="rates-title">Events a minute, refusals, retries and delivery age over time</title>
      <desc id="rates-text">
        {`A bar is ${formatDuration(stepMs)}. Delivery age is the longest time from event_time to arrival. Highest: ${rows
          .map(({ rate, most }) => textOf(rate, most))
          .join(', ')}.`}
      </desc>
      <g transform={`translate(${LABEL} 0)`}>
        <TimeAxis scale={scale} height={height} />
      </g>
      {rows.map(({ rate, bars, most }, index) => (
        <g key={rate} class={`rate ${rate}`} transform={`translate(0 ${index * ROW})`}>
          <text class="row-name" x={0} y={ROW / 2}>
            {NAMES[rate]}
          </text>
          {bars.map((bar) => (
            <Bar
              key={bar.fromMs}
              bar={bar}
              high={Math.max(2, (bar.value / (most || 1)) * (ROW - 6))}
              label={`${textOf(rate, bar.value)}, ${formatAbsolute(bar.fromMs).slice(0, 16)} and ${formatDuration(stepMs)} on`}
              href={hrefOf(rate, bar)}
            />
          ))}
          <text class="row-name" x={width - MOST + 8} y={ROW / 2}>
            {bars.length === 0 ? 'none' : `max ${shortOf(rate, most)}`}
          </text>
        </g>
      ))}
    </svg>
  )
}

interface BarProps {
  readonly bar: RateBar
  readonly high: number
  readonly label: string
  readonly href: string
}

function Bar({ bar: { x, width }, high, label, href }: BarProps): JSX.Element {
  return (
    <a href={href} aria-label={label}>
      <title>{label}</title>
      <rect class="hit" x={LABEL + x} y={0} width={width} height={ROW} />
      <rect x={LABEL + x + 1} y={ROW - 2 - high} width={width - 2} height={high} />
    </a>
  )
}

function shortOf(rate: Rate, value: number): string {
  // The smaller unit of "12 min 5 s" has no room.
  if (rate === 'age') return formatDuration(value).split(' ', 2).join(' ')
  return value.toLocaleString(
    'en',
    value < 10 ? { maximumSignificantDigits: 2 } : { maximumFractionDigits: 0 },
  )
}

function textOf(rate: Rate, value: number): string {
  if (rate === 'age') return `${formatDuration(value)} old`
  if (rate === 'events')
    return `${shortOf(rate, value)} ${value === 1 ? 'event' : 'events'} a minute`
  return rate === 'refused' ? plural(value, 'refusal') : plural(value, 'retry', 'retries')
}
