import type { CapturedEvent } from '../../../src/store/captured-event.ts'
import type { RecordedCall } from '../../../src/store/recorded-call.ts'
import { bodyOf, callAsCurlForMeta, curl, eventsPath, shellQuote } from './copy-as.ts'
import { type Fields, groupOf, textOf } from './payload.ts'

/** A call that can be made again. */
export interface CallRequest {
  readonly method: string
  /** Path and query. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

/**
 * The request of a recorded call, from its events. Without a readable event it is what the record shows of it, its words
 * masked. Undefined where its events are no longer kept.
 */
export function requestOf(
  call: RecordedCall,
  events: readonly CapturedEvent[],
): CallRequest | undefined {
  const { method, path, source, headers } = call
  const [event] = events
  if (events.length < call.events.length) return undefined
  if (event && source === 'browser') {
    return { method: 'GET', path: `/tr?${pixelQuery(event)}`, headers: {} }
  }
  const isSigned = 'authorization' in headers || path.includes('access_token=')
  const [pathname = path] = path.split('?')
  const body = event ? JSON.stringify(bodyOfCall(events)) : call.body
  return {
    method,
    path: event ? pathname : path,
    headers: {
      ...(isSigned && { Authorization: 'Bearer any-token' }),
      ...(body !== undefined && {
        'Content-Type': event ? 'application/json' : (call.content_type ?? 'application/json'),
      }),
    },
    ...(body !== undefined && { body }),
  }
}

/** The body of a call that sends these events together. */
export function bodyOfCall(events: readonly CapturedEvent[]): Fields {
  const [first] = events
  return { ...(first && bodyOf(first)), data: events.map(({ payload }) => payload) }
}

/** What the pixel reported, as far as it is kept. */
function pixelQuery(event: CapturedEvent): string {
  const { event_source_url, referrer_url, event_time } = event.payload
  const { fbp, fbc, ...user } = groupOf(event, 'user_data')
  const grouped = (group: string, fields: Fields) =>
    Object.entries(fields).map(([key, value]) => [`${group}[${key}]`, value] as const)
  const fields = [
    ['id', event.pixel_id],
    ['ev', event.event_name],
    ['eid', event.event_id],
    ['dl', event_source_url],
    ['rl', referrer_url],
    ['ts', typeof event_time === 'number' ? event_time * 1000 : undefined],
    ['fbp', fbp],
    ['fbc', fbc],
    ...grouped('cd', groupOf(event, 'custom_data')),
    ...grouped('ud', user).filter(([key]) => !key.includes('client_')),
  ] as const
  const present = fields.filter(([, value]) => value !== undefined)
  return String(new URLSearchParams(present.map(([key, value]) => [key, textOf(value)])))
}

export function requestAsCurl(
  { method, path, headers, body }: CallRequest,
  origin: string,
): string {
  return curl(origin + path, [
    ...(method === (body === undefined ? 'GET' : 'POST') ? [] : [`-X ${shellQuote(method)}`]),
    ...Object.entries(headers).map(([name, value]) => `-H ${shellQuote(`${name}: ${value}`)}`),
    ...(body === undefined ? [] : [`-d ${shellQuote(body)}`]),
  ])
}

/** The same events to Meta, marked as a test; the token is read from the environment of the shell. */
export function curlForMeta(
  { path, pixel_id = '' }: RecordedCall,
  events: readonly CapturedEvent[],
  testCode: string,
): string {
  const [usual = eventsPath(pixel_id)] = /^\/v\d+\.\d+\/\w+\/events(?=\?|$)/.exec(path) ?? []
  return callAsCurlForMeta(usual, bodyOfCall(events), testCode)
}
