import { isMatcher } from './compare.ts'

/** A filter as an error may show it: without the values of a person, and with a name for a matcher such as `Any<Number>`. */
export function showFilter(filter: object): string {
  return JSON.stringify(Object.fromEntries(Object.entries(filter).map(shownEntry)))
}

function shownEntry([key, value]: readonly [string, unknown]): readonly [string, unknown] {
  return [key, shown(value, key.startsWith('user_data'))]
}

function shown(value: unknown, isPersonal: boolean): unknown {
  if (isMatcher(value)) return nameOf(value)
  if (Array.isArray(value)) return value.map((one) => shown(one, isPersonal))
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, part]) => [key, shown(part, isPersonal)]),
    )
  }
  return isPersonal && value !== undefined ? '…' : value
}

/** As the test framework writes it: `Any<Number>`. */
export function nameOf(matcher: object): string {
  const name: unknown = Reflect.get(matcher, 'toAsymmetricMatcher')
  return typeof name === 'function' ? String(name.call(matcher)) : 'a matcher of the test'
}
