import type { JSX } from 'preact'
import type { CallOutcome, RecordedCall } from '../../../src/store/recorded-call.ts'
import { PRESETS } from '../model/describe-fault.ts'
import { Icon, type IconName } from '../ui/icon.tsx'

const OUTCOMES: Readonly<Record<CallOutcome, { readonly icon: IconName; readonly style: string }>> =
  {
    taken: { icon: 'check', style: 'processed' },
    refused: { icon: 'cross', style: 'refused' },
    faulted: { icon: 'bolt', style: 'faulted' },
  }

/** What became of a call: "200 taken". */
export function Answer({ call }: { readonly call: RecordedCall }): JSX.Element {
  const { icon, style } = OUTCOMES[call.outcome]
  return (
    <span class={`status ${style}`}>
      <Icon name={icon} />
      {call.status ?? 'Cut'} {call.outcome}
    </span>
  )
}

/** What answered: the rule, or the fault where it came before the rules or changed a usual answer. */
export function reasonOf(call: RecordedCall): string {
  return call.outcome === 'refused' && call.error ? call.error.rule : faultName(call)
}

export function faultName({ fault }: RecordedCall): string {
  return fault === undefined ? '' : fault.preset ? PRESETS[fault.preset].title : fault.type
}
