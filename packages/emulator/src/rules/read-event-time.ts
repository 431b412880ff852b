const DIGITS = /^\d{1,16}$/
const ISO = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)(Z|[+-]\d\d:?\d\d)?$/i

/**
 * Unix seconds of an `event_time`: a whole number, its digits as text, or ISO 8601 text, which counts as UTC where it
 * names no zone. Undefined when it is none of these.
 * Source: Meta, Server Event Parameters, which types it an integer; Segment's destination sends both texts in
 * production (action-destinations, facebook-conversions-api), read 2026-11.
 */
export function readEventTime(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isInteger(value) ? value : undefined
  if (typeof value !== 'string') return undefined
  if (DIGITS.test(value)) return Number(value)
  const [, date, time, zone = 'Z'] = ISO.exec(value) ?? []
  if (date === undefined || time === undefined) return undefined
  const offset = /^[+-]/.test(zone) ? `${zone.slice(0, 3)}:${zone.slice(-2)}` : 'Z'
  const ms = Date.parse(`${date}T${time}${offset}`)
  return Number.isNaN(ms) ? undefined : Math.floor(ms / 1000)
}
