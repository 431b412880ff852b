import type { JSX } from 'preact'
import { useMemo } from 'preact/hooks'
import { plural } from '../model/format.ts'
import {
  type CallMark,
  type CallOutcome,
  CELL,
  callPicture,
  type DrawnCall,
  type TryRow,
} from '../model/picture/call-marks.ts'
import { useSteady } from '../ui/use-steady.ts'
import { useWidth } from '../ui/use-width.ts'
import { TimeAxis } from './time-axis.tsx'

const NAMES: Readonly<Record<CallOutcome, string>> = {
  taken: 'Taken',
  refused: 'Refused',
  faulted: 'Faulted',
}
const ROW = 26
const LABEL = 72

interface CallPictureProps {
  readonly calls: readonly DrawnCall[]
  /** Where a call leads to. */
  readonly hrefOf: (call: DrawnCall) => string
}

/** Calls over time: a row for each outcome, and one for each event that was tried more than once. */
export function CallPicture({ calls, hrefOf }: CallPictureProps): JSX.Element | null {
  const [box, width] = useWidth<HTMLDivElement>()
  const kept = useSteady(calls)
  const picture = useMemo(
    () => kept.length > 0 && callPicture(kept, Math.max(CELL, width - LABEL)),
    [kept, width],
  )
  if (!picture) return null
  const { scale, rows, retried, left } = picture
  const height = (rows.length + retried.length) * ROW
  return (
    <div class="calls-picture" ref={box}>
      {width > 0 && (
        <svg
          width={width}
          height={height + 20}
          role="group"
          aria-label={`${plural(calls.length, 'call')} over time`}
        >
          <g transform={`translate(${LABEL + CELL / 2} 0)`}>
            <TimeAxis scale={scale} height={height} />
          </g>
          {rows.map(({ outcome, marks }, index) => (
            <g key={outcome} transform={`translate(0 ${(index + 0.5) * ROW})`}>
              <text class="row-name" x={0} y={0}>
                {NAMES[outcome]}
              </text>
              {marks.map((mark) => (
                <Mark key={mark.x} outcome={outcome} mark={mark} hrefOf={hrefOf} />
              ))}
            </g>
          ))}
          {retried.map((row, index) => (
            <g
              key={row.tries[0]?.call.id}
              transform={`translate(0 ${(rows.length + index + 0.5) * ROW})`}
            >
              <text class="row-name" x={0} y={0}>
                {plural(row.tries.length, 'try', 'tries')}
              </text>
              <Tries row={row} hrefOf={hrefOf} />
            </g>
          ))}
        </svg>
      )}
      {left > 0 && <p class="quiet">and {plural(left, 'more event')} that were tried again</p>}
    </div>
  )
}

interface MarkProps {
  readonly outcome: CallOutcome
  readonly mark: CallMark
  readonly hrefOf: CallPictureProps['hrefOf']
}

function Mark({ outcome, mark: { x, count, newest }, hrefOf }: MarkProps): JSX.Element {
  const label = `${plural(count, 'call')} ${outcome}, the newest #${newest.id}`
  return (
    <a class={`call-mark ${outcome}`} href={hrefOf(newest)} aria-label={label}>
      <title>{label}</title>
      <rect x={LABEL + x - CELL / 2} y={-CELL / 2} width={CELL} height={CELL} />
      <circle cx={LABEL + x} cy={0} r={Math.min(11, 3.5 + 1.5 * Math.log2(count))} />
      {count > 9 && (
        <text x={LABEL + x} y={0}>
          {count > 99 ? '99+' : count}
        </text>
      )}
    </a>
  )
}

function Tries({
  row: { tries },
  hrefOf,
}: {
  readonly row: TryRow
  readonly hrefOf: CallPictureProps['hrefOf']
}): JSX.Element {
  return (
    <>
      <line
        class="join"
        x1={LABEL + (tries[0]?.x ?? 0)}
        x2={LABEL + (tries.at(-1)?.x ?? 0)}
        y1={0}
        y2={0}
      />
      {tries.map(({ x, call }, index) => {
        const label = `Try ${index + 1} of ${tries.length}, ${call.outcome}, #${call.id}`
        return (
          <a
            key={call.id}
            class={`call-mark ${call.outcome}`}
            href={hrefOf(call)}
            aria-label={label}
          >
            <title>{label}</title>
            <rect x={LABEL + x - CELL / 2} y={-CELL / 2} width={CELL} height={CELL} />
            <circle cx={LABEL + x} cy={0} r={5} />
          </a>
        )
      })}
    </>
  )
}
