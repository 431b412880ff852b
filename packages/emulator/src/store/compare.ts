import { plainValue } from '../analysis/plain-value.ts'
import { isFields } from '../rules/rule.ts'

/** A place where an event is not as wanted. `actual` is undefined where the key is absent. */
export interface Mismatch {
  readonly path: string
  readonly wanted: unknown
  readonly actual: unknown
}

/** Deeper than any event; a wanted value that contains itself must not hang a test. */
const MAX_DEPTH = 50

/**
 * Where `actual` differs from `wanted`. Objects may carry more keys than wanted; lists must be of one length. A number equals
 * its text, and a list of one its entry, as in the comparison of a pair. Matchers of Vitest and Jest such as `expect.any(Number)` may stand for a value.
 */
export function mismatches(
  wanted: unknown,
  actual: unknown,
  path = '',
  depth = 0,
): readonly Mismatch[] {
  const here = [{ path, wanted, actual }]
  if (isMatcher(wanted)) return wanted.asymmetricMatch(actual) ? [] : here
  if (depth > MAX_DEPTH) return here
  if (Array.isArray(wanted)) {
    const single = wanted.length === 1 && !Array.isArray(actual)
    if (single) return mismatches(wanted[0], actual, path, depth + 1).length === 0 ? [] : here
    if (!Array.isArray(actual) || actual.length !== wanted.length) return here
    return wanted.flatMap((one, index) =>
      mismatches(one, actual[index], `${path}[${index}]`, depth + 1),
    )
  }
  if (!isFields(wanted)) return isSame(wanted, actual) ? [] : here
  if (!isFields(actual)) return here
  return Object.entries(wanted)
    .filter(([, value]) => value !== undefined)
    .flatMap(([key, value]) =>
      mismatches(
        value,
        Object.hasOwn(actual, key) ? actual[key] : undefined,
        path === '' ? key : `${path}.${key}`,
        depth + 1,
      ),
    )
}

function isSame(wanted: unknown, actual: unknown): boolean {
  if (actual === undefined || isFields(actual)) return false
  return plainValue(wanted) === plainValue(actual)
}

interface Matcher {
  readonly asymmetricMatch: (actual: unknown) => boolean
}

export function isMatcher(value: unknown): value is Matcher {
  return (
    typeof value === 'object' &&
    value !== null &&
    'asymmetricMatch' in value &&
    typeof value.asymmetricMatch === 'function'
  )
}
