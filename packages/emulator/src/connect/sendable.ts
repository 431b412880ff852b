import { isMatcher } from '../store/compare.ts'

/** A filter without the matchers in it, such as `expect.any(Number)`: JSON cannot carry them. It finds more, never less. */
export function sendable(filter: object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(filter).flatMap(([key, value]) => {
      const part = sendablePart(value)
      return part === undefined ? [] : [[key, part]]
    }),
  )
}

function sendablePart(value: unknown): unknown {
  if (isMatcher(value)) return undefined
  if (Array.isArray(value)) {
    const parts = value.map(sendablePart)
    // A list is compared whole: without one entry it would be another.
    return parts.includes(undefined) ? undefined : parts
  }
  return typeof value === 'object' && value !== null ? sendable(value) : value
}
