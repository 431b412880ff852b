import type { LeasedItem, OutboxItem, Settlement } from '@capi/core/outbox'

type Head = readonly [string, string, number, number, string?]

/** An event as it stands in Redis, but for lane and key: a line of JSON, then its body. */
export function recordOf(item: OutboxItem): string {
  const { event_id, event_name, expiresAtMs, rememberUntilMs, trace, body } = item
  const head: Head = [event_id, event_name, expiresAtMs, rememberUntilMs]
  return `${JSON.stringify(trace === undefined ? head : [...head, trace])}\n${body}`
}

/** `record` may end after the line. */
export function itemOf(lane: string, key: string, record: string): OutboxItem {
  const end = record.indexOf('\n')
  const head = JSON.parse(record.slice(0, end)) as Head
  const [event_id, event_name, expiresAtMs, rememberUntilMs, trace] = head
  const body = record.slice(end + 1)
  const item = { lane, key, event_id, event_name, body, expiresAtMs, rememberUntilMs }
  return trace === undefined ? item : { ...item, trace }
}

/** What `lease` answers for one event: a line of id, attempts and key, then its record. */
export function leasedItem(lane: string, text: string, fence: number): LeasedItem {
  const end = text.indexOf('\n')
  const [entry = '', attempts, key = ''] = text.slice(0, end).split(' ')
  const item = itemOf(lane, key, text.slice(end + 1))
  const id = `${entry} ${key} ${item.rememberUntilMs} ${lane}`
  return { ...item, id, fence, attempts: Number(attempts) }
}

/** All that a settlement needs to know, so that it reads no event. */
export interface TokenParts {
  readonly entry: string
  readonly key: string
  readonly rememberUntilMs: number
  readonly lane: string
}

/** Of a token of another outbox: names no event. */
const NONE: TokenParts = { entry: '0-0', key: '', rememberUntilMs: 0, lane: '' }

export function tokenParts(id: string): TokenParts {
  const [, entry, key, untilMs, lane] = /^(\d+-\d+) (\S+) (\d+) (.+)$/s.exec(id) ?? []
  if (!entry || !key || !untilMs || !lane) return NONE
  return { entry, key, rememberUntilMs: Number(untilMs), lane }
}

/** One letter and what belongs to it: gone, remembered until, retried (`a`: an attempt) after so many ms, dead and why. */
export function verdictOf(settlement: Settlement, rememberUntilMs: number, nowMs: number): string {
  switch (settlement.kind) {
    case 'delivered':
      return rememberUntilMs > nowMs ? `m${rememberUntilMs}` : 'g'
    case 'expired':
      return 'g'
    case 'retry':
      return `${settlement.isAttempt ? 'a' : 'r'}${settlement.delayMs}`
    case 'dead':
      return `d${JSON.stringify(settlement.cause)}`
  }
}
