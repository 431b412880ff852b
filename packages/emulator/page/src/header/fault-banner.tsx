import type { JSX } from 'preact'
import { describeFault } from '../model/describe-fault.ts'
import { plural } from '../model/format.ts'
import { formatRoute } from '../model/route.ts'
import { activeFaults } from '../state/reports.ts'
import { tab } from '../state/route.ts'
import { Icon } from '../ui/icon.tsx'

/** More would fill a narrow screen; the tab lists them all. */
const NAMED = 2

/** Says on every tab that answers are not what they seem. */
export function FaultBanner(): JSX.Element | null {
  const active = activeFaults.value
  if (active.length === 0) return null
  const rest = active.length - NAMED
  const named = active.slice(0, NAMED).map(describeFault).join('; ')
  return (
    <p class="banner fault-banner" role="status">
      <Icon name="bolt" />
      <span>
        {plural(active.length, 'fault')} in force: {named}
        {rest > 0 && ` and ${rest} more`}.
      </span>
      {tab.value !== 'faults' && (
        <a href={formatRoute({ tab: 'faults', params: {} })}>Show faults</a>
      )}
    </p>
  )
}
