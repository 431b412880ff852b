import type { JSX } from 'preact'

interface BarProps {
  /** Names the bar for screen readers. */
  readonly label: string
  /** 0 to 100. */
  readonly percent: number
  /** The number as it stands beside the bar. */
  readonly text: string
  /** A line that should be reached, 0 to 100. */
  readonly goal?: number
  readonly tone?: 'accent' | 'server' | 'browser' | 'good' | 'warn' | 'bad'
}

/** A measure with its number. Drawn as SVG: the policy of this page forbids style attributes in markup. */
export function Bar({ label, percent, text, goal, tone = 'accent' }: BarProps): JSX.Element {
  const value = Math.min(100, Math.max(0, percent))
  return (
    <span class="bar-line">
      <svg
        class={`bar ${tone}`}
        viewBox="0 0 100 8"
        preserveAspectRatio="none"
        role="meter"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={value}
        aria-valuetext={text}
      >
        <rect class="bar-ground" width="100" height="8" />
        <rect class="bar-fill" width={value} height="8" />
        {goal !== undefined && <rect class="bar-goal" x={goal - 0.3} width="0.6" height="8" />}
      </svg>
      <span class="bar-text">{text}</span>
    </span>
  )
}
