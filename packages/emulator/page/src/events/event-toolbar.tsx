import type { JSX } from 'preact'
import { plural } from '../model/format.ts'
import { openDialog } from '../state/dialogs.ts'
import { events, filter, matching, query } from '../state/events.ts'
import { Icon } from '../ui/icon.tsx'
import { ActivityChart } from './activity-chart.tsx'
import { FilterChips } from './filter-chips.tsx'
import { SearchField } from './search-field.tsx'

export function EventToolbar(): JSX.Element {
  const { terms, problems } = filter.value
  const count =
    terms.length > 0
      ? `${matching.value.length.toLocaleString('en')} of ${plural(events.value.length, 'event')}`
      : plural(events.value.length, 'event')
  return (
    <div class="toolbar">
      <div class="toolbar-row">
        <SearchField value={query.value} />
        <ActivityChart />
        <button
          type="button"
          class="icon-button"
          onClick={() => openDialog('clear')}
          aria-label="Clear all events"
          title="Clear all events (c)"
        >
          <Icon name="trash" />
        </button>
      </div>
      <div class="toolbar-row chips">
        <FilterChips />
        <span class="quiet count-text">{count}</span>
      </div>
      {problems.map((problem) => (
        <p key={problem} class="hint" role="status">
          {problem}
        </p>
      ))}
    </div>
  )
}
