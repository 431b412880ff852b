import type { JSX } from 'preact'
import type { FaultPreset, FaultRule } from '../../../src/faults/fault-rule.ts'
import { PRESETS } from '../model/describe-fault.ts'

/** The usual troubles, each once, twice or until ended. */
export function PresetList({ onAdd }: { readonly onAdd: (rule: FaultRule) => void }): JSX.Element {
  return (
    <section class="block">
      <h3>Add a usual one</h3>
      <ul class="presets">
        {(Object.keys(PRESETS) as FaultPreset[]).map((preset) => {
          const { title, means } = PRESETS[preset]
          return (
            <li key={preset}>
              <div>
                <strong>{title}</strong>
                <p class="quiet">{means}</p>
              </div>
              <div class="button-row">
                <button
                  type="button"
                  class="button"
                  aria-label={`2 calls: ${title}`}
                  onClick={() => onAdd({ preset, times: 2 })}
                >
                  2 calls
                </button>
                <button
                  type="button"
                  class="button"
                  aria-label={`Until ended: ${title}`}
                  onClick={() => onAdd({ preset })}
                >
                  Until ended
                </button>
              </div>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
