import { type Fields, isOwn } from './fields.ts'

/**
 * The object with what `check` makes of each value, and without what it drops; undefined when
 * nothing is left. Where nothing changes it is the object that was given, not a copy.
 */
export function sift(
  input: Fields,
  check: (value: unknown, key: string) => unknown,
): Fields | undefined {
  // A class of the caller's may bring its own toJSON.
  let copy =
    Object.getPrototypeOf(input) === Object.prototype ? undefined : ({} as Record<string, unknown>)
  let isEmpty = true
  // With `for in` V8 knows the fields of the object: this takes half of what Object.keys and a look-up of each take.
  for (const key in input) {
    if (!isOwn.call(input, key)) continue
    const value = input[key]
    const sent = value === undefined || value === null ? undefined : check(value, key)
    if (sent !== undefined) isEmpty = false
    if (copy === undefined) {
      if (sent === value) continue
      copy = copyUntil(input, key)
    }
    if (sent !== undefined) copy[key] = sent
  }
  return isEmpty ? undefined : (copy ?? input)
}

function copyUntil(input: Fields, end: string): Record<string, unknown> {
  const copy: Record<string, unknown> = {}
  for (const key of Object.keys(input)) {
    if (key === end) break
    copy[key] = input[key]
  }
  return copy
}
