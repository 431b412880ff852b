import { type Fields, isFields } from '../rules/rule.ts'
import type { NewEvent } from '../store/captured-event.ts'

/** What the connection shows about a browser. */
export interface Visitor {
  readonly client_ip_address?: string
  readonly client_user_agent?: string
}

/**
 * A pixel call in the shape of a server event, so that the two can be compared. Nothing comes
 * of a call without an event name. Source: Meta Pixel > Image pixel, read 2026-09.
 */
export function capturePixelCall(call: Fields, visitor: Visitor = {}): NewEvent | undefined {
  const name = textOf(call['ev'])
  if (name === undefined) return undefined
  const eventId = textOf(call['eid'])
  return {
    source: 'browser',
    status: 'processed',
    pixel_id: textOf(call['id']) ?? '',
    event_name: name,
    ...(eventId !== undefined && { event_id: eventId }),
    payload: present({
      event_name: name,
      event_id: eventId,
      event_source_url: textOf(call['dl']),
      referrer_url: textOf(call['rl']),
      event_time: secondsOf(call['ts']),
      user_data: present({
        ...visitor,
        fbp: textOf(call['fbp']),
        fbc: textOf(call['fbc']),
        ...groupOf(call, 'ud'),
      }),
      custom_data: groupOf(call, 'cd'),
    }),
  }
}

/** Gathers `cd[value]=1` and `cd: { value: 1 }` alike. */
function groupOf(call: Fields, group: string): Fields {
  const nested = call[group]
  const flat = Object.entries(call)
    .filter(([key]) => key.startsWith(`${group}[`) && key.endsWith(']'))
    .map(([key, value]) => [key.slice(group.length + 1, -1), parseList(value)])
  return { ...(isFields(nested) && nested), ...Object.fromEntries(flat) }
}

/** The pixel writes lists and objects (`content_ids`, `contents`) as JSON text. */
function parseList(value: unknown): unknown {
  if (typeof value !== 'string' || !/^[[{]/.test(value)) return value
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}

/** The pixel's `ts` is in milliseconds, `event_time` in seconds. */
function secondsOf(value: unknown): number | undefined {
  const timeMs = Number(textOf(value) ?? value)
  return timeMs > 0 ? Math.floor(timeMs / 1000) : undefined
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function present(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}
