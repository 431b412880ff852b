import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import type { ActiveFault, FaultRule } from '../../../src/faults/fault-rule.ts'
import { describeFault } from '../model/describe-fault.ts'
import { plural } from '../model/format.ts'
import { faults, isOver, loadFaults, replaceFaults } from '../state/reports.ts'
import { Icon } from '../ui/icon.tsx'
import { ReportView } from '../ui/report-view.tsx'
import { ClockForm } from './clock-form.tsx'
import { FaultForm } from './fault-form.tsx'
import { PresetList } from './preset-list.tsx'

/** What goes wrong on purpose, so that one can see how an app bears it. */
export function FaultsTab(): JSX.Element {
  useEffect(() => void loadFaults(), [])
  return (
    <div class="scroll">
      <div class="page narrow">
        <header class="page-head">
          <h2>Faults</h2>
          <p class="lead">Let Meta be slow, busy or down, and watch how your app bears it.</p>
        </header>
        <ReportView report={faults.value}>{(active) => <Faults active={active} />}</ReportView>
        <section class="block">
          <h3>Clock</h3>
          <ClockForm />
        </section>
      </div>
    </div>
  )
}

function Faults({ active }: { readonly active: readonly ActiveFault[] }): JSX.Element {
  const rules = active.flatMap(remaining)
  const add = (rule: FaultRule) => void replaceFaults([...rules, rule])
  return (
    <>
      <section class="block">
        <div class="block-head">
          <h3>In force</h3>
          {active.length > 1 && (
            <button type="button" class="button" onClick={() => void replaceFaults([])}>
              End all
            </button>
          )}
        </div>
        {active.length === 0 ? (
          <p class="quiet">None: every call is answered as usual.</p>
        ) : (
          <ul class="fault-list">
            {active.map((fault) => (
              <li key={fault.id}>
                <Icon name="bolt" />
                <span class="fault-text">
                  {describeFault(fault)}
                  <span class="quiet numbers">{countsOf(fault)}</span>
                </span>
                <button
                  type="button"
                  class="button"
                  aria-label={`End: ${describeFault(fault)}`}
                  onClick={() =>
                    void replaceFaults(
                      active.filter(({ id }) => id !== fault.id).flatMap(remaining),
                    )
                  }
                >
                  End
                </button>
              </li>
            ))}
          </ul>
        )}
      </section>
      <PresetList onAdd={add} />
      <FaultForm onAdd={add} />
    </>
  )
}

/** Rules are replaced as a whole, so what is left of `times` goes back with the others. */
function remaining(fault: ActiveFault): readonly FaultRule[] {
  if (isOver(fault)) return []
  const { match, action, preset, probability, times, hits } = fault
  return [
    {
      ...(match && { match }),
      ...(action && { action }),
      ...(preset && { preset }),
      ...(probability !== undefined && { probability }),
      ...(times !== undefined && { times: times - hits }),
    },
  ]
}

function countsOf(fault: ActiveFault): string {
  const { hits, times } = fault
  if (times === undefined) return `struck ${plural(hits, 'time')}`
  return isOver(fault) ? `over, struck ${plural(hits, 'time')}` : `struck ${hits} of ${times} times`
}
