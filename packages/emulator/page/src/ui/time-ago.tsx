import type { JSX } from 'preact'
import { formatAbsolute, formatAgo } from '../model/format.ts'
import { nowMs } from '../state/clock.ts'

interface TimeAgoProps {
  readonly ms: number
  /** "12 s ago" in place of "12 s". */
  readonly suffix?: boolean
}

/** How long ago; the exact time on hover. */
export function TimeAgo({ ms, suffix = false }: TimeAgoProps): JSX.Element {
  const text = formatAgo(ms, nowMs.value)
  return (
    <time dateTime={new Date(ms).toISOString()} title={formatAbsolute(ms)}>
      {suffix && /^\d/.test(text) ? `${text} ago` : text}
    </time>
  )
}
