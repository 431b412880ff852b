import type { CapturedEvent } from '../../../src/store/captured-event.ts'

export type Fields = Readonly<Record<string, unknown>>

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** `user_data`, `custom_data` or another object of the event; empty when it is none. */
export function groupOf(event: CapturedEvent, group: string): Fields {
  const value = event.payload[group]
  return isFields(value) ? value : {}
}

/** `custom_data.value` as a number, also when it was sent as text. */
export function amountOf(event: CapturedEvent): number | undefined {
  const { value } = groupOf(event, 'custom_data')
  const amount = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof amount === 'number' && Number.isFinite(amount) ? amount : undefined
}

/** Any web page may report to the pixel's address: what is shown of one value has an end. */
const MAX_TEXT = 2000
const MAX_DEPTH = 8

/** A value on one line: text as it is, all else as JSON. */
export function textOf(value: unknown, max: number = MAX_TEXT): string {
  const text = typeof value === 'string' ? value : compact(value)
  return text.length > max ? `${text.slice(0, max)}…` : text
}

/** JSON on one line; what is nested too deep for it is only named. */
export function compact(value: unknown): string {
  try {
    return JSON.stringify(value) ?? ''
  } catch {
    return '(nested too deep to show)'
  }
}

/** `{ custom_data: { value: 1 } }` as `[['custom_data.value', 1]]`. Lists stay whole. */
export function flatten(
  fields: Fields,
  prefix = '',
  depth: number = MAX_DEPTH,
): readonly (readonly [string, unknown])[] {
  return Object.entries(fields).flatMap(([key, value]) =>
    isFields(value) && Object.keys(value).length > 0 && depth > 0
      ? flatten(value, `${prefix}${key}.`, depth - 1)
      : [[`${prefix}${key}`, value] as const],
  )
}
