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

/** The fault or the rule that answered. */
export function reasonOf({ fault, error }: RecordedCall): string {
  if (fault) return fault.preset ? PRESETS[fault.preset].title : fault.type
  return error?.rule ?? ''
}
