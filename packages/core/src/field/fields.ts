/** An object's fields, of which nothing is known yet. */
export type Fields = Readonly<Record<string, unknown>>

/** The value when it is an object with fields and no list. */
export function asFields(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : undefined
}
