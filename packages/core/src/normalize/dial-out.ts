import { DIAL_OUT } from './dial-out-table.ts'

let prefixes: ReadonlyMap<string, RegExp> | undefined

/** What people of this country (alpha-2, lower-case) dial in front of a foreign number besides 00; `us` is all of North America. */
export function dialOutOf(country: string): RegExp | undefined {
  // Made at the first use.
  prefixes ??= new Map(
    DIAL_OUT.split(' ').flatMap((row) => {
      const [names = '', pattern] = row.split(':')
      const prefix = new RegExp(`^(?:${pattern})`)
      return Array.from(names.match(/../g) ?? [], (name) => [name, prefix] as const)
    }),
  )
  return prefixes.get(country)
}
