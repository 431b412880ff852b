import type { JSX } from 'preact'
import { formatTerm } from '../model/parse-filter.ts'
import { events, filter } from '../state/events.ts'
import { setParams } from '../state/route.ts'

const ALL = 'test:*'

/** The query with this condition about the test code in place of those it has. */
function show(term: string): void {
  const others = filter.value.terms.filter(({ key }) => key !== 'test').map(formatTerm)
  setParams({ q: [...others, term].filter(Boolean).join(' ') }, { replace: true })
}

/** All events, or those that were sent with a test code: Events Manager shows these apart too. */
export function ViewSwitch(): JSX.Element {
  const isTest = isTestView()
  return (
    <div class="segments" role="group" aria-label="View">
      <button type="button" aria-pressed={!isTest} onClick={() => show('')}>
        All
      </button>
      <button type="button" aria-pressed={isTest} onClick={() => show(ALL)}>
        Test events
      </button>
    </div>
  )
}

export function isTestView(): boolean {
  return filter.value.terms.some(({ key, isNegated }) => key === 'test' && !isNegated)
}

/** The test codes that arrived, with how many events each has. */
export function TestCodes(): JSX.Element | null {
  if (!isTestView()) return null
  const counts = new Map<string, number>()
  for (const { test_event_code: code } of events.value) {
    if (code !== undefined) counts.set(code, (counts.get(code) ?? 0) + 1)
  }
  const chosen = filter.value.terms.find(({ key }) => key === 'test')?.value
  return (
    <div class="toolbar-row chips">
      <div class="chip-row" role="group" aria-label="Test codes">
        {counts.size === 0 && <span class="quiet">No event has come with a test_event_code.</span>}
        {[...counts].map(([code, count]) => (
          <button
            key={code}
            type="button"
            class="filter-chip"
            aria-pressed={chosen === code}
            onClick={() =>
              show(
                chosen === code ? ALL : formatTerm({ key: 'test', value: code, isNegated: false }),
              )
            }
          >
            {code} {count.toLocaleString('en')}
          </button>
        ))}
      </div>
    </div>
  )
}
