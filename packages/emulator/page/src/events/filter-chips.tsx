import type { JSX } from 'preact'
import { toggleTerm } from '../model/parse-filter.ts'
import { setParams } from '../state/route.ts'
import { Icon } from '../ui/icon.tsx'

interface FilterChipsProps {
  readonly query: string
  /** The conditions of the query, as one types them. */
  readonly active: readonly string[]
  readonly quick: readonly { readonly term: string; readonly title: string }[]
}

/** Common filters to switch on and off, and every other condition of the query to take away. */
export function FilterChips({ query, active, quick }: FilterChipsProps): JSX.Element {
  const others = active.filter((term) => term !== '' && !quick.some((one) => one.term === term))
  const toggle = (term: string) => setParams({ q: toggleTerm(query, term) }, { replace: true })
  return (
    <div class="chip-row" role="group" aria-label="Filters">
      {quick.map(({ term, title }) => (
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
