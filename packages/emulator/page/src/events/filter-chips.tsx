import type { JSX } from 'preact'
import { formatTerm, toggleTerm } from '../model/parse-filter.ts'
import { filter, query } from '../state/events.ts'
import { setParams } from '../state/route.ts'
import { Icon } from '../ui/icon.tsx'

const QUICK = [
  { term: 'source:server', title: 'Server' },
  { term: 'source:browser', title: 'Browser' },
  { term: 'status:refused', title: 'Refused' },
  { term: 'status:deduplicated', title: 'Deduplicated' },
  { term: 'issue:*', title: 'With issues' },
] as const

function toggle(term: string): void {
  setParams({ q: toggleTerm(query.value, term) }, { replace: true })
}

/** Common filters to switch on and off, and every other condition of the query to take away. */
export function FilterChips(): JSX.Element {
  const active = filter.value.terms.map(formatTerm)
  const others = active.filter((term) => !QUICK.some((quick) => quick.term === term))
  return (
    <div class="chip-row" role="group" aria-label="Filters">
      {QUICK.map(({ term, title }) => (
        <button
          key={term}
          type="button"
          class="filter-chip"
          aria-pressed={active.includes(term)}
          title={term}
          onClick={() => toggle(term)}
        >
          {title}
        </button>
      ))}
      {others.map((term) => (
        <button
          key={term}
          type="button"
          class="filter-chip on"
          aria-label={`Remove ${term}`}
          onClick={() => toggle(term)}
        >
          {term}
          <Icon name="cross" />
        </button>
      ))}
    </div>
  )
}
