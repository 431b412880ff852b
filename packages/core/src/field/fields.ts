/** An object's fields, of which nothing is known yet. */
export type Fields = Readonly<Record<string, unknown>>

/**
 * Whether the key is the object's own: `isOwn.call(object, key)`. Not `Object.hasOwn`: in a `for in` V8 knows the answer of this one, and
 * asks the other for each key, which takes 10 ns.
 */
// oxlint-disable-next-line typescript/unbound-method -- called with an object, which its type asks for
export const isOwn: (this: object, key: PropertyKey) => boolean = Object.prototype.hasOwnProperty

/** The value when it is an object with fields and no list. */
export function asFields(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : undefined
}
