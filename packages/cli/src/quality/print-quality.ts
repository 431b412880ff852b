import type { OfflineQuality, Quality, WebQuality } from '@capi/core/quality'
import { tableText } from '../shell/table.ts'
import type { Terminal } from '../shell/terminal.ts'

const WEB_HEAD = [
  'event',
  'score',
  'coverage',
  'goal',
  'event_id browser',
  'event_id server',
  'freshness',
  'best keys',
]
const OFFLINE_HEAD = [
  'offline event',
  'score',
  'match key',
  'email',
  'phone',
  'frequency',
  'freshness',
]

/** Keys that fit into a line. */
const KEYS = 4

/** Tables of web and of offline events, and what Meta found wrong. What Meta does not know reads `-`. */
export function printQuality(terminal: Terminal, { web, offline }: Quality): void {
  if (web.length > 0) terminal.print(tableText([WEB_HEAD, ...web.map(webRow)]))
  if (offline.length > 0) terminal.print(tableText([OFFLINE_HEAD, ...offline.map(offlineRow)]))
  for (const { event_name, diagnostics } of web) {
    for (const { name, percentage, solution } of diagnostics) {
      const share = percentage === undefined ? '' : ` (${percentage}% of events)`
      terminal.print(`${terminal.paint('yellow', event_name)} ${name}${share}`)
      if (solution !== undefined) terminal.print(`  ${solution}`)
    }
  }
}

function webRow({ event_name, score, coverage, dedupe_keys, freshness, match_keys }: WebQuality) {
  const id = dedupe_keys.find(({ key }) => key === 'event_id')
  const keys = [...match_keys]
    .sort((a, b) => (b.coverage ?? 0) - (a.coverage ?? 0))
    .slice(0, KEYS)
    .map(({ identifier, coverage: share }) => `${identifier} ${percent(share)}`)
  return [
    event_name,
    shown(score),
    percent(coverage?.percentage),
    percent(coverage?.goal),
    percent(id?.browser),
    percent(id?.server),
    shown(freshness),
    keys.join(', ') || '-',
  ]
}

function offlineRow({ event_name, composite, match_key, frequency, freshness }: OfflineQuality) {
  return [
    event_name,
    shown(composite?.score),
    shown(match_key?.score),
    percent(match_key?.coverage?.email),
    percent(match_key?.coverage?.phone),
    shown(frequency?.score),
    shown(freshness?.score),
  ]
}

const shown = (value: number | string | undefined): string => String(value ?? '-')
const percent = (value: number | undefined): string => (value === undefined ? '-' : `${value}%`)
