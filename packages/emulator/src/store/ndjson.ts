import { type Fields, isFields } from '../rules/rule.ts'
import type { CapturedEvent, EventError } from './captured-event.ts'
import type { StoredEvent } from './event-store.ts'

/** One event a line; what the next run finds out by itself is left out. */
export function writeEvents(events: readonly CapturedEvent[]): string {
  return events.map(writeEvent).join('')
}

export function writeEvent(event: CapturedEvent): string {
  const { received_at, call, source, pixel_id, event_name, payload, error } = event
  const { event_id, test_event_code, upload_tag, token } = event
  const status = event.status === 'deduplicated' ? 'processed' : event.status
  const known = { received_at, call, source, status, pixel_id, event_name }
  // What is undefined leaves no trace in JSON.
  const optional = { event_id, test_event_code, upload_tag, token }
  return `${JSON.stringify({ ...known, ...optional, payload, error })}\n`
}

export interface ReadEvents {
  readonly events: readonly StoredEvent[]
  /** Lines that hold no event. */
  readonly refused: number
}

/** Reads what `writeEvents` wrote. Hostile text does no harm: only known keys of the right type are taken. */
export function readEvents(text: string): ReadEvents {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const events = lines.flatMap((line) => readEvent(line) ?? [])
  return { events, refused: lines.length - events.length }
}

function readEvent(line: string): StoredEvent | undefined {
  let read: unknown
  try {
    read = JSON.parse(line)
  } catch {
    return undefined // Counted as refused.
  }
  if (!isFields(read)) return undefined
  const { source, status, payload, error } = read
  const received_at = read['received_at']
  const call = read['call']
  if (source !== 'server' && source !== 'browser') return undefined
  if (!isFields(payload) || !isTime(received_at) || !Number.isSafeInteger(call)) return undefined
  const optional = ['event_id', 'test_event_code', 'upload_tag', 'token'] as const
  const texts = optional.flatMap((key) => {
    const value = read[key]
    return typeof value === 'string' && value !== '' ? [[key, value]] : []
  })
  const known = status === 'refused' || status === 'faulted' ? status : 'processed'
  const readError = readErrorOf(error)
  return {
    source,
    status: known,
    pixel_id: textOf(read['pixel_id']),
    event_name: textOf(read['event_name']),
    payload,
    received_at,
    call: Number(call),
    ...Object.fromEntries(texts),
    ...(readError && { error: readError }),
  }
}

function readErrorOf(error: unknown): EventError | undefined {
  if (!isFields(error) || typeof error['code'] !== 'number') return undefined
  return {
    rule: textOf(error['rule']),
    code: error['code'],
    ...numberAt(error, 'error_subcode'),
    title: textOf(error['title']),
    ...(typeof error['path'] === 'string' && { path: error['path'] }),
    fix: textOf(error['fix']),
  }
}

function numberAt(fields: Fields, key: string): Fields {
  return typeof fields[key] === 'number' ? { [key]: fields[key] } : {}
}

/** What Date can show. */
function isTime(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= 8.64e15
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
