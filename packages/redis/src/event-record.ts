import type { DeadItem, LeasedItem, OutboxItem, Settlement } from '@capi/core/outbox'

type Head = readonly [string, string, number, number, string?]

/** An event as it stands in Redis, but for lane and key: a line of JSON, then its body. */
export function recordOf({ event_id, event_name, body, ...item }: OutboxItem): string {
  const { expiresAtMs, rememberUntilMs, trace } = item
  const head: Head = [event_id, event_name, expiresAtMs, rememberUntilMs]
  return `${JSON.stringify(trace === undefined ? head : [...head, trace])}\n${body}`
}

/** `record` may end after its line. */
export function itemOf(lane: string, key: string, record: string): OutboxItem {
  const [line, body] = split(record)
  const [event_id, event_name, expiresAtMs, rememberUntilMs, trace] = JSON.parse(line) as Head
  const item = { lane, key, event_id, event_name, body, expiresAtMs, rememberUntilMs }
  return trace === undefined ? item : { ...item, trace }
}

/** What `lease` answers for one event. Its token holds all that a settlement needs, which therefore reads no event. */
export function leasedItem(lane: string, text: string, fence: number): LeasedItem {
  const [line, record] = split(text)
  const [entry = '', attempts, key = ''] = line.split(' ')
  const item = itemOf(lane, key, record)
  const id = `${entry} ${key} ${item.rememberUntilMs} ${lane}`
  return { ...item, id, fence, attempts: Number(attempts) }
}

/** A token of another outbox names no event. */
export function tokenParts(id: string) {
  const [, entry = '0-0', key = '', until = '0', lane = ''] =
    /^(\d+-\d+) (\S+) (\d+) (.+)$/s.exec(id) ?? []
  return { entry, key, rememberUntilMs: Number(until), lane }
}

export function letterOf(id: string, letter: string): DeadItem {
  const [lane, key, record, cause, diedAtMs] = JSON.parse(letter) as Record<number, string> &
    string[]
  const item = itemOf(String(lane), String(key), String(record))
  return { id, item, cause: JSON.parse(String(cause)), diedAtMs: Number(diedAtMs) }
}

/** A letter and what belongs to it: gone, remembered until, retried (`a`: an attempt) after so many ms, dead and why. */
export function verdictOf(settlement: Settlement, rememberUntilMs: number, nowMs: number): string {
  const { kind } = settlement
  if (kind === 'retry') return `${settlement.isAttempt ? 'a' : 'r'}${settlement.delayMs}`
  if (kind === 'dead') return `d${JSON.stringify(settlement.cause)}`
  return kind === 'delivered' && rememberUntilMs > nowMs ? `m${rememberUntilMs}` : 'g'
}

function split(text: string): [string, string] {
  const end = text.indexOf('\n')
  return [text.slice(0, end), text.slice(end + 1)]
}
