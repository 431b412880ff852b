import { DIAL_OUT } from './dial-out-table.ts'

interface DialOut {
  readonly pattern: RegExp
  /** The country's pattern is a single prefix. */
  readonly isOnlyWay: boolean
}

const NORTH_AMERICA: DialOut = { pattern: /^011/, isOnlyWay: true }
let prefixes: ReadonlyMap<string, DialOut> | undefined

/** What follows the digits that people of this country dial in front of a foreign number, besides 00. */
export function afterDialOut(
  digits: string,
  country: string,
  code: string,
): { readonly rest: string; readonly isOnlyWay: boolean } | undefined {
  const dialOut = code === '1' ? NORTH_AMERICA : byCountry().get(country)
  const prefix = dialOut?.pattern.exec(digits)?.[0]
  if (dialOut === undefined || prefix === undefined) return undefined
  return { rest: digits.slice(prefix.length), isOnlyWay: dialOut.isOnlyWay }
}

/** Made at the first use. */
function byCountry(): ReadonlyMap<string, DialOut> {
  prefixes ??= new Map(
    DIAL_OUT.split(' ').flatMap((row) => {
      const [names = '', pattern = ''] = row.split(':')
      const dialOut = { pattern: new RegExp(`^(?:${pattern})`), isOnlyWay: /^\d+$/.test(pattern) }
      return Array.from(names.match(/../g) ?? [], (name) => [name, dialOut] as const)
    }),
  )
  return prefixes
}
