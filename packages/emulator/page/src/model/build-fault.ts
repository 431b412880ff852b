import type { FaultAction, FaultRule } from '../../../src/faults/fault-rule.ts'

/** `headers` needs more than a form; it is set over the API. */
export type FaultType = Exclude<FaultAction['type'], 'headers'>

export const FAULT_TYPES: Readonly<Record<FaultType, string>> = {
  error: 'Meta’s error',
  html: 'A proxy’s page',
  latency: 'A late answer',
  timeout: 'No answer',
  reset: 'Connection reset',
  process_then_cut: 'Taken, then cut',
  slow_loris: 'A trickling answer',
  malformed: 'Broken JSON',
  received: 'Fewer counted',
}

/** The form as typed. */
export interface FaultDraft {
  readonly type: FaultType
  readonly status: string
  readonly code: string
  readonly subcode: string
  readonly isTransient: boolean
  readonly ms: string
  readonly received: string
  readonly event_name: string
  readonly pixel_id: string
  readonly percent: string
  readonly times: string
}

export function buildFault(draft: FaultDraft): FaultRule {
  const match = {
    ...(draft.event_name !== '' && { event_name: draft.event_name }),
    ...(draft.pixel_id !== '' && { pixel_id: draft.pixel_id }),
  }
  const probability = Math.min(1, Math.max(0, numberOf(draft.percent, 100) / 100))
  return {
    action: buildAction(draft),
    ...(Object.keys(match).length > 0 && { match }),
    ...(probability < 1 && { probability }),
    ...(draft.times !== '' && { times: Math.max(1, Math.round(numberOf(draft.times, 1))) }),
  }
}

function buildAction({
  type,
  status,
  code,
  subcode,
  isTransient,
  ms,
  received,
}: FaultDraft): FaultAction {
  switch (type) {
    case 'error':
      return {
        type,
        status: numberOf(status, 500),
        ...(code !== '' && { code: numberOf(code, 2), is_transient: isTransient }),
        ...(subcode !== '' && { error_subcode: numberOf(subcode, 0) }),
      }
    case 'html':
      return { type, status: numberOf(status, 502) }
    case 'latency':
      return { type, ms: numberOf(ms, 1500) }
    case 'received':
      return { type, events_received: numberOf(received, 0) }
    default:
      return { type }
  }
}

function numberOf(text: string, fallback: number): number {
  const number = Number(text)
  return text.trim() === '' || Number.isNaN(number) ? fallback : number
}
