import type { LeasedItem, LeaseToken, OutboxItem } from '@capi/core/outbox'

/** What a job holds. */
export interface JobData {
  readonly key: string
  readonly event_id: string
  readonly event_name: string
  readonly body: string
  readonly expiresAtMs: number
  readonly rememberUntilMs: number
  /** Times it was sent without a verdict. */
  readonly attempts: number
  readonly trace?: string
  /** Grows with each event put: those of one statement are all equally old to pg-boss. */
  readonly order: number
}

/** The same event has the same job: pg-boss then takes it once. */
export function jobId({ key: hex }: OutboxItem): string {
  // Marked as a UUID of our own making (RFC 9562, version 8).
  const text = `${hex.slice(0, 12)}8${hex.slice(13, 16)}8${hex.slice(17, 32)}`
  return text.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

export function toJobData(item: OutboxItem, order: number): JobData {
  return {
    key: item.key,
    ...(item.trace !== undefined && { trace: item.trace }),
    event_id: readable(item.event_id),
    event_name: readable(item.event_name),
    body: item.body,
    expiresAtMs: whole(item.expiresAtMs),
    rememberUntilMs: whole(item.rememberUntilMs),
    attempts: 0,
    order,
  }
}

/** Undefined: not a job of ours. */
export function toItem(
  lane: string,
  data: unknown,
): Omit<LeasedItem, keyof LeaseToken> | undefined {
  const fields = readData(data)
  if (fields === undefined) return undefined
  const { order: _order, ...item } = fields
  return { lane, ...item }
}

export function readData(data: unknown): JobData | undefined {
  // Some adapters of pg-boss hand JSON over as text.
  const value: unknown = typeof data === 'string' ? JSON.parse(data) : data
  return isJobData(value) ? value : undefined
}

function isJobData(value: unknown): value is JobData {
  if (typeof value !== 'object' || value === null) return false
  const fields = value as Readonly<Record<string, unknown>>
  const isText = (name: string) => typeof fields[name] === 'string'
  const isNumber = (name: string) => typeof fields[name] === 'number'
  return (
    ['key', 'event_id', 'event_name', 'body'].every(isText) &&
    ['expiresAtMs', 'rememberUntilMs', 'attempts', 'order'].every(isNumber)
  )
}

/**
 * A moment as text that sorts as time does. It stands in `singleton_key`, which means nothing in a queue of policy
 * `standard`, and which pg-boss indexes for waiting jobs: so that expired ones are found among a million.
 */
export function momentKey(ms: number): string {
  return String(whole(ms)).padStart(15, '0')
}

/** Postgres keeps neither a NUL nor half of a surrogate pair. */
function readable(text: string): string {
  return Buffer.from(text.replaceAll('\0', '\uFFFD')).toString()
}

/** A caller's Infinity must not fail a whole batch. */
function whole(value: number): number {
  return Math.round(Math.min(Math.max(value, 0), 999_999_999_999_999)) || 0
}

const KEY = /^(.+) ([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/

/** A job's primary key is its queue and its id. */
export const toKey = (lane: string, id: string): string => `${lane} ${id}`

export function parseKey(key: string): { readonly lane: string; readonly id: string } | undefined {
  const [, lane, id] = KEY.exec(key) ?? []
  return lane === undefined || id === undefined ? undefined : { lane, id }
}
