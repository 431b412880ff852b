import type { JSX } from 'preact'
import type { Severity } from '../../../src/analysis/report.ts'
import type { EventSource, EventStatus } from '../../../src/store/captured-event.ts'
import { Icon, type IconName } from './icon.tsx'

const SOURCES: Readonly<Record<EventSource, string>> = { server: 'Server', browser: 'Browser' }

export function SourceChip({ source }: { readonly source: EventSource }): JSX.Element {
  return <span class={`chip ${source}`}>{SOURCES[source]}</span>
}

const STATUSES: Readonly<Record<EventStatus, { readonly text: string; readonly icon: IconName }>> =
  {
    processed: { text: 'Processed', icon: 'check' },
    deduplicated: { text: 'Deduplicated', icon: 'merge' },
    refused: { text: 'Refused', icon: 'cross' },
    faulted: { text: 'Faulted', icon: 'bolt' },
  }

export function StatusBadge({ status }: { readonly status: EventStatus }): JSX.Element {
  const { text, icon } = STATUSES[status]
  return (
    <span class={`status ${status}`}>
      <Icon name={icon} />
      {text}
    </span>
  )
}

const SEVERITIES: Readonly<Record<Severity, { readonly text: string; readonly icon: IconName }>> = {
  high: { text: 'High', icon: 'alert' },
  medium: { text: 'Medium', icon: 'alert' },
  low: { text: 'Low', icon: 'info' },
}

export function SeverityBadge({ severity }: { readonly severity: Severity }): JSX.Element {
  const { text, icon } = SEVERITIES[severity]
  return (
    <span class={`severity ${severity}`}>
      <Icon name={icon} />
      {text}
    </span>
  )
}
