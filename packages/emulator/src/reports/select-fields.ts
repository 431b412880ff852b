import { isFields } from '../rules/rule.ts'

/** `a,b{c}` as `{ a: {}, b: { c: {} } }`. No keys below: everything there. */
export interface FieldTree {
  readonly [name: string]: FieldTree
}

/** Deeper than any report. */
const MAX_DEPTH = 10

/** Reads Graph's list of fields; nothing when it is not one. Source: Meta, Graph API > Field Expansion, read 2026-09. */
export function parseFields(text: string): FieldTree | undefined {
  const tokens = text.match(/[\w.]+|[{},]|\S/g) ?? []
  let at = 0

  const readList = (depth: number): FieldTree | undefined => {
    const fields: [string, FieldTree][] = []
    for (;;) {
      const name = tokens[at]
      if (depth > MAX_DEPTH || name === undefined || !/^\w+$/.test(name)) return undefined
      at += 1
      let inner: FieldTree = {}
      if (tokens[at] === '{') {
        at += 1
        const read = readList(depth + 1)
        if (read === undefined || tokens[at] !== '}') return undefined
        at += 1
        inner = read
      }
      fields.push([name, inner])
      if (tokens[at] !== ',') return Object.fromEntries(fields)
      at += 1
    }
  }

  const tree = readList(0)
  return at === tokens.length ? tree : undefined
}

/** A field that was asked for and does not exist. */
export class UnknownField extends Error {}

/**
 * Keeps the fields asked for, in lists too.
 * @throws UnknownField
 */
export function selectFields(value: unknown, fields: FieldTree): unknown {
  const names = Object.keys(fields)
  if (names.length === 0) return value
  if (Array.isArray(value)) return value.map((one) => selectFields(one, fields))
  if (!isFields(value)) return value
  return Object.fromEntries(
    names.map((name) => {
      if (!Object.hasOwn(value, name)) throw new UnknownField(name)
      return [name, selectFields(value[name], fields[name] ?? {})]
    }),
  )
}
