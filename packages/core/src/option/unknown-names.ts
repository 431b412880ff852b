import { nearestName } from './nearest-name.ts'

/** Names that are no options, each with the one that was probably meant, as text. */
export function unknownNames(
  given: object,
  names: readonly string[],
  prefix = '',
): readonly string[] {
  return Object.keys(given)
    .filter((name) => !names.includes(name))
    .map((name) => {
      const meant = nearestName(name, names)
      return quote(prefix + name) + (meant ? `, meant ${quote(prefix + meant)}?` : '')
    })
}

export function unknownLine(taker: string, unknown: readonly string[]): string {
  const what = unknown.length > 1 ? 'options it does not know' : 'an option it does not know'
  return `${taker} ignores ${what}: ${unknown.join('; ')} (option_unknown)`
}

/** A name that does not look like one could be a value that was passed in its place. */
export function quote(name: string): string {
  return /^[\w.-]{1,60}$/.test(name) ? `"${name}"` : 'a key that is no name'
}
