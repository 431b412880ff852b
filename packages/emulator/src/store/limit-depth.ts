import type { Fields } from '../rules/rule.ts'

/** Far deeper than any event; JSON can be read deeper than it can be written. */
const MAX_DEPTH = 64

/** The payload itself, or, when it is nested so deep that it could not be shown, as much of it as can be. */
export function limitDepth(payload: Fields): Fields {
  if (!isDeeper(payload, MAX_DEPTH)) return payload
  return Object.fromEntries(
    Object.entries(payload).map(([key, value]) => [key, isDeeper(value, MAX_DEPTH) ? '…' : value]),
  )
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some((one) => isDeeper(one, levels - 1))
}
