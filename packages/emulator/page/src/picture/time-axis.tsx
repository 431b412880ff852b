import type { JSX } from 'preact'
import { type TimeScale, timeTicks } from '../model/picture/time-axis.ts'

interface TimeAxisProps {
  readonly scale: TimeScale
  /** How far the lines reach up from the labels. */
  readonly height: number
}

/** Round moments as lines, with their labels under the picture. */
export function TimeAxis({ scale, height }: TimeAxisProps): JSX.Element {
  const ticks = timeTicks(scale, -new Date(scale.toMs).getTimezoneOffset())
  return (
    <g class="axis">
      {ticks.map(({ x, ms, label }) => (
        <g key={ms}>
          <line x1={x} x2={x} y1={0} y2={height} />
          <text x={x} y={height + 14}>
            {label}
          </text>
        </g>
      ))}
    </g>
  )
}
