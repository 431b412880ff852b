import type { JSX } from 'preact'
import { describeFault } from '../model/describe-fault.ts'
import { formatDuration, plural } from '../model/format.ts'
import { formatRoute } from '../model/route.ts'
import { clock } from '../state/clock.ts'
import { openDialog } from '../state/dialogs.ts'
import { activeFaults } from '../state/reports.ts'
import { Icon } from '../ui/icon.tsx'

/** More would fill the hint; the tab lists them all. */
const NAMED = 5

/** On every tab: that answers are not what they seem. */
export function FaultChip(): JSX.Element | null {
  const active = activeFaults.value
  if (active.length === 0) return null
  const rest = active.length - NAMED
  const named = active.slice(0, NAMED).map(describeFault).join('; ')
  const label = `${plural(active.length, 'fault')} in force: ${named}${rest > 0 ? ` and ${rest} more` : ''}`
  return (
    <a
      class="button state-chip"
      href={formatRoute({ tab: 'faults', params: {} })}
      aria-label={label}
      title={label}
    >
      <Icon name="bolt" />
      {plural(active.length, 'fault')}
    </a>
  )
}

/** On every tab: the time that events are judged by, and how far it was moved. */
export function ClockChip(): JSX.Element {
  const { is_stopped, ahead_ms } = clock.value
  // Answers take a moment: less than a second is the same time.
  const ahead = Math.round(ahead_ms / 1000) * 1000
  const moved =
    ahead === 0 ? '' : `${ahead > 0 ? '+' : '−'}${formatDuration(ahead).replace(/ \d+ m?s$/, '')}`
  const text = is_stopped ? 'Stopped' : moved
  const label = is_stopped ? `Clock: stopped, ${moved || 'now'}` : `Clock: ${moved || 'on time'}`
  return (
    <button
      type="button"
      class={text === '' ? 'icon-button' : 'button state-chip'}
      aria-label={label}
      title={label}
      onClick={() => openDialog('clock')}
    >
      <Icon name="clock" />
      {text}
    </button>
  )
}
