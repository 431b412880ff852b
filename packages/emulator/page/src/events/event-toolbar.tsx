import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { plural } from '../model/format.ts'
import { formatTerm } from '../model/parse-filter.ts'
import { suggestFilters } from '../model/suggest.ts'
import { openDialog } from '../state/dialogs.ts'
import { events, filter, matching, query } from '../state/events.ts'
import { Icon } from '../ui/icon.tsx'
import { ActivityChart } from './activity-chart.tsx'
import { ExchangeButtons } from './exchange-buttons.tsx'
import { FilterChips } from './filter-chips.tsx'
import { SearchField } from './search-field.tsx'
import { isTestView, TestCodes, ViewSwitch } from './test-view.tsx'

const QUICK = [
  { term: 'source:server', title: 'Server' },
  { term: 'source:browser', title: 'Browser' },
  { term: 'status:refused', title: 'Refused' },
  { term: 'status:deduplicated', title: 'Deduplicated' },
  { term: 'issue:*', title: 'With issues' },
] as const

export function EventToolbar(): JSX.Element {
  const [message, setMessage] = useState('')
  const { terms, problems } = filter.value
  const others = isTestView() ? terms.filter(({ key }) => key !== 'test') : terms
  const count =
    terms.length > 0
      ? `${matching.value.length.toLocaleString('en')} of ${plural(events.value.length, 'event')}`
      : plural(events.value.length, 'event')
  return (
    <div class="toolbar">
      <div class="toolbar-row">
        <SearchField
          value={query.value}
          label="Filter events"
          placeholder="name:Purchase source:server missing:em"
          suggest={(text) => suggestFilters(text, events.peek())}
        />
        <ActivityChart />
        <ExchangeButtons onMessage={setMessage} />
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
        <ViewSwitch />
        <FilterChips quick={QUICK} active={others.map(formatTerm)} query={query.value} />
        <span class="quiet count-text">{count}</span>
      </div>
      <TestCodes />
      {message !== '' && (
        <p class="hint" role="status">
          {message}
        </p>
      )}
      {problems.map((problem) => (
        <p key={problem} class="hint" role="status">
          {problem}
        </p>
      ))}
    </div>
  )
}
