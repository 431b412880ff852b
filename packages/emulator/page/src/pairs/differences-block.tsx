import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { ComparedField } from '../model/compare-pair.ts'
import { ComparisonTable } from './comparison-table.tsx'

const MAX_LINES = 200

interface Props {
  readonly lines: readonly ComparedField[]
  /** Of the two columns; default: browser and server. */
  readonly names?: readonly [string, string]
}

/** What differs between two events, and on request what does not. */
export function DifferencesBlock({ lines, names }: Props): JSX.Element {
  const [showsAll, setShowsAll] = useState(false)
  const different = lines.filter(({ isSame }) => !isSame)
  const shown = (showsAll ? lines : different).slice(0, MAX_LINES)
  return (
    <section class="block">
      <div class="block-head">
        <h3>{different.length === 0 ? 'No differences' : `Differences (${different.length})`}</h3>
        <label class="check">
          <input
            type="checkbox"
            checked={showsAll}
            onChange={(event) => setShowsAll(event.currentTarget.checked)}
          />
          Show equal fields too ({lines.length - different.length})
        </label>
      </div>
      {names ? <ComparisonTable lines={shown} names={names} /> : <ComparisonTable lines={shown} />}
    </section>
  )
}
